import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { KeyPlace, SigningAlgorithm } from "../../../server/src/create/signingAlgorithms.js";
import {
  ADD_SIGNING_KEY,
  type AddSigningKeyParams,
  AddSigningKeyResult,
} from "../../../server/src/lsp/protocol.js";
import { replaceText, textIfPresent } from "../create/textEdits.js";
import type { LanguageServer } from "../languageClient.js";

const TITLE = "Add a Key for private_key_jwt";

const ALGORITHMS: readonly (vscode.QuickPickItem & { readonly algorithm: SigningAlgorithm })[] = [
  {
    label: "ES256",
    detail: "Elliptic curve P-256: small, and what most servers verify.",
    algorithm: "ES256",
  },
  { label: "RS256", detail: "RSA with 3072 bits: the only one that FastMCP verifies.", algorithm: "RS256" },
  { label: "EdDSA", detail: "Ed25519: where you know that the server verifies it.", algorithm: "EdDSA" },
];

const PLACES: readonly (vscode.QuickPickItem & { readonly place: KeyPlace })[] = [
  {
    label: "jwks.json beside the document",
    detail: "Keys can change without the document; jwks_uri names the file.",
    place: "jwks_uri",
  },
  { label: "In the document", detail: "One file to publish; the key stands in jwks.", place: "jwks" },
];

/**
 * `CIMD: Add a Key for private_key_jwt…`: makes a key pair, publishes the public key with the document (as unsaved edits)
 * and writes the private key to a file that the person chooses. A key that is there stays: that is how keys are rotated.
 *
 * @param document the client metadata document that is meant; undefined where none is open
 */
export async function addSigningKey(
  languageServer: LanguageServer,
  document: vscode.TextDocument | undefined,
): Promise<void> {
  if (!document) {
    void vscode.window.showInformationMessage(
      "Open a client metadata document (*.cimd.json) to add a key to it.",
    );
    return;
  }
  const options = { title: TITLE, ignoreFocusOut: true };
  const algorithm = await vscode.window.showQuickPick(ALGORITHMS, {
    ...options,
    placeHolder: "Which algorithm does the client sign with?",
  });
  if (!algorithm) return;
  const hasPlace = /"jwks(?:_uri)?"\s*:/.test(document.getText());
  const place = hasPlace
    ? PLACES[0]
    : await vscode.window.showQuickPick(PLACES, {
        ...options,
        placeHolder: "Where is the public key published?",
      });
  if (!place) return;
  const privateKeyFile = await askPrivateKeyFile(document.uri);
  if (privateKeyFile === undefined) return;

  const keySetUri = document.isUntitled ? undefined : vscode.Uri.joinPath(document.uri, "..", "jwks.json");
  const answer = await languageServer.request(
    ADD_SIGNING_KEY,
    {
      text: document.getText(),
      algorithm: algorithm.algorithm,
      place: place.place,
      keySet: (keySetUri && (await textIfPresent(keySetUri))) ?? "",
      privateKeyFile,
    } satisfies AddSigningKeyParams,
    AddSigningKeyResult,
  );
  if (answer.state === "refused") {
    void vscode.window.showErrorMessage(answer.reason);
    return;
  }
  await replaceText(document, answer.document);
  if (answer.keySet !== undefined) await showKeySet(keySetUri, answer.keySet);
  void vscode.window.showInformationMessage(
    `The private key is in ${privateKeyFile}. Give it to the client only; save and publish the changed documents. Its kid is ${answer.kid}.`,
  );
}

/** @returns the path of a file that may be made; undefined when the person left */
async function askPrivateKeyFile(document: vscode.Uri): Promise<string | undefined> {
  const chosen = await vscode.window.showSaveDialog({
    title: "Where is the private key kept? Not in a folder that is published.",
    saveLabel: "Write Private Key",
    defaultUri: vscode.Uri.file(path.join(os.homedir(), "cimd-private-key.json")),
    filters: { "JSON Web Key": ["json"] },
  });
  if (!chosen) return undefined;
  if (chosen.scheme !== "file") {
    void vscode.window.showErrorMessage(
      "A private key can only be written to a file on disk. Choose a folder of this machine.",
    );
    return undefined;
  }
  const folders = [
    vscode.Uri.joinPath(document, ".."),
    ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
  ];
  const exposed = folders.some(({ scheme, fsPath }) => scheme === "file" && isInside(fsPath, chosen.fsPath));
  if (!exposed) return chosen.fsPath;
  const write = "Write It There";
  const answer = await vscode.window.showWarningMessage(
    "That file is in the workspace, which may be published or committed.",
    { modal: true, detail: "Whoever reads the private key can sign in as this client." },
    write,
  );
  return answer === write ? chosen.fsPath : undefined;
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
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
