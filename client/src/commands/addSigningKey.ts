import * as vscode from "vscode";
import type { KeyPlace, SigningAlgorithm } from "../../../server/src/create/signingAlgorithms.js";
import {
  ADD_SIGNING_KEY,
  type AddSigningKeyParams,
  AddSigningKeyResult,
} from "../../../server/src/lsp/protocol.js";
import { replaceText, textIfPresent } from "../create/textEdits.js";
import type { LanguageServer } from "../languageClient.js";
import type { Platform } from "../platform.js";

const algorithms = (): readonly (vscode.QuickPickItem & { readonly algorithm: SigningAlgorithm })[] => [
  {
    label: "ES256",
    detail: vscode.l10n.t("Elliptic curve P-256: small, and what most servers verify."),
    algorithm: "ES256",
  },
  {
    label: "RS256",
    detail: vscode.l10n.t("RSA with 3072 bits: the only one that FastMCP verifies."),
    algorithm: "RS256",
  },
  {
    label: "EdDSA",
    detail: vscode.l10n.t("Ed25519: where you know that the server verifies it."),
    algorithm: "EdDSA",
  },
];

const places = (): readonly (vscode.QuickPickItem & { readonly place: KeyPlace })[] => [
  {
    label: vscode.l10n.t("jwks.json beside the document"),
    detail: vscode.l10n.t("Keys can change without the document; jwks_uri names the file."),
    place: "jwks_uri",
  },
  {
    label: vscode.l10n.t("In the document"),
    detail: vscode.l10n.t("One file to publish; the key is in jwks."),
    place: "jwks",
  },
];

/**
 * `CIMD: Add a Key for private_key_jwt…`: makes a key pair, publishes the public key with the document (as unsaved edits)
 * and writes the private key to a file that the person chooses. A key that is there stays: that is how keys are rotated.
 *
 * @param document the client metadata document that is meant; undefined where none is open
 * @param makePrivateKey the platform's way to keep a private key
 */
export async function addSigningKey(
  languageServer: LanguageServer,
  document: vscode.TextDocument | undefined,
  makePrivateKey: Platform["makePrivateKey"],
): Promise<void> {
  if (!document) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document (*.cimd.json) to add a key to it."),
    );
    return;
  }
  const options = { title: vscode.l10n.t("Add a Key for private_key_jwt"), ignoreFocusOut: true };
  const algorithm = await vscode.window.showQuickPick(algorithms(), {
    ...options,
    placeHolder: vscode.l10n.t("Which algorithm does the client sign with?"),
  });
  if (!algorithm) return;
  const hasPlace = /"jwks(?:_uri)?"\s*:/.test(document.getText());
  const place = hasPlace
    ? places()[0]
    : await vscode.window.showQuickPick(places(), {
        ...options,
        placeHolder: vscode.l10n.t("Where is the public key published?"),
      });
  if (!place) return;
  const privateKey = await makePrivateKey(document.uri, algorithm.algorithm);
  if (!privateKey) return;

  const keySetUri = document.isUntitled ? undefined : vscode.Uri.joinPath(document.uri, "..", "jwks.json");
  const answer = await languageServer.request(
    ADD_SIGNING_KEY,
    {
      text: document.getText(),
      algorithm: algorithm.algorithm,
      place: place.place,
      keySet: (keySetUri && (await textIfPresent(keySetUri))) ?? "",
      ...privateKey.params,
    } satisfies AddSigningKeyParams,
    AddSigningKeyResult,
  );
  if (answer.state === "refused") {
    void vscode.window.showErrorMessage(answer.reason);
    return;
  }
  await privateKey.keep();
  await replaceText(document, answer.document);
  if (answer.keySet !== undefined) await showKeySet(keySetUri, answer.keySet);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The private key is in {0}. Give it to the client only; save and publish the changed documents. Its kid is {1}.",
      privateKey.file,
      answer.kid,
    ),
  );
}

/** Shows the changed key set for review; one that has no file yet is an untitled text that is saved there. */
async function showKeySet(uri: vscode.Uri | undefined, text: string): Promise<void> {
  const exists = uri !== undefined && (await textIfPresent(uri)) !== undefined;
  const place = exists || uri === undefined ? uri : uri.with({ scheme: "untitled" });
  const keySet = await (place
    ? vscode.workspace.openTextDocument(place)
    : vscode.workspace.openTextDocument({ language: "json" }));
  await replaceText(keySet, text);
  await vscode.window.showTextDocument(keySet, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}
