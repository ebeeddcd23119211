import * as vscode from "vscode";
import {
  CREATE_DOCUMENT,
  type CreateDocumentParams,
  CreateDocumentResult,
} from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../languageClient.js";
import { askRedirectUris, type ClientKind } from "./redirectUris.js";
import { type Answer, askPick, askText, type StepPlace, type Validate } from "./wizard.js";

interface Draft {
  kind: ClientKind;
  name: string;
  clientId: string;
  redirectUris: string[] | undefined;
}

/** Stands in for what the person has not answered yet, so that only the value at hand is judged. */
const NEUTRAL = { name: "Client", redirectUri: "http://127.0.0.1/callback" };

const TITLE = "Create a Client ID Metadata Document";

/**
 * `CIMD: Create Document…`: asks for the kind of client, its name, its redirect URIs and its URL, then opens an untitled
 * document. Every answer is judged while it is typed by the rules that judge documents. Escape at any step leaves
 * nothing behind.
 */
export async function createDocument(languageServer: LanguageServer): Promise<void> {
  const draft: Draft = { kind: "native", name: "", clientId: "", redirectUris: undefined };
  const steps = [askKind, askName, askRedirects, askClientId];
  let at = 0;
  while (at < steps.length) {
    const step = steps[at];
    if (!step) return;
    const place = { title: TITLE, step: at + 1, totalSteps: steps.length };
    const answer = await step(languageServer, draft, place);
    if (answer === "cancel") return;
    at += answer === "back" ? -1 : 1;
  }
  const { text } = await build(languageServer, {
    name: draft.name.trim(),
    redirectUris: draft.redirectUris ?? [],
    applicationType: draft.kind,
    ...(draft.clientId.trim() === "" ? {} : { clientId: draft.clientId.trim() }),
  });
  const document = await vscode.workspace.openTextDocument({ language: "cimd", content: text });
  await vscode.window.showTextDocument(document);
  const preview = "Preview Consent Screen";
  const chosen = await vscode.window.showInformationMessage(
    "Save the document where it will be published; its URL has to be the client_id, character by character.",
    preview,
  );
  if (chosen === preview) await vscode.commands.executeCommand("cimd.previewConsentToSide", document.uri);
}

type Step = (languageServer: LanguageServer, draft: Draft, place: StepPlace) => Promise<Answer<unknown>>;

const askKind: Step = async (_, draft, place) => {
  const answer = await askPick<ClientKind>({
    ...place,
    placeholder: "What kind of client is it?",
    active: draft.kind,
    items: [
      {
        label: "$(terminal) Desktop or command line",
        detail: "Runs on the user's machine and gets the answer on a loopback port, as MCP clients do.",
        choice: "native",
      },
      {
        label: "$(globe) Web application",
        detail: "Runs on a server and gets the answer at an https URL of its own.",
        choice: "web",
      },
    ],
  });
  if (typeof answer === "object") {
    if (answer.value !== draft.kind) draft.redirectUris = undefined;
    draft.kind = answer.value;
  }
  return answer;
};

const askName: Step = async (languageServer, draft, place) => {
  const answer = await askText({
    ...place,
    prompt: "The name users read on the consent screen (client_name)",
    placeholder: "Acme Notes",
    value: draft.name,
    validate: judge(languageServer, "/client_name", (name) => ({
      name: name.trim(),
      redirectUris: [NEUTRAL.redirectUri],
    })),
  });
  if (typeof answer === "object") draft.name = answer.value;
  return answer;
};

const askRedirects: Step = async (languageServer, draft, place) => {
  const answer = await askRedirectUris({
    ...place,
    kind: draft.kind,
    chosen: draft.redirectUris,
    validate: judge(languageServer, "/redirect_uris/0", (uri) => ({
      name: NEUTRAL.name,
      redirectUris: [uri],
      applicationType: draft.kind,
    })),
  });
  if (typeof answer === "object") draft.redirectUris = answer.value;
  return answer;
};

const askClientId: Step = async (languageServer, draft, place) => {
  const answer = await askText({
    ...place,
    prompt:
      "The URL where you will publish the document (client_id). Leave it empty if you do not know it yet.",
    placeholder: "https://app.example.com/oauth/client.cimd.json",
    value: draft.clientId,
    validate: async (value) =>
      value.trim() === ""
        ? undefined
        : judge(languageServer, "/client_id", (clientId) => ({
            name: NEUTRAL.name,
            redirectUris: [NEUTRAL.redirectUri],
            clientId: clientId.trim(),
          }))(value),
  });
  if (typeof answer === "object") draft.clientId = answer.value;
  return answer;
};

/**
 * Judges one value by what the language server says about a document made of it: errors block, warnings are shown.
 *
 * @param pointer the value's place in that document
 */
function judge(
  languageServer: LanguageServer,
  pointer: string,
  draftOf: (value: string) => CreateDocumentParams,
): Validate {
  return async (value) => {
    const { problems } = await build(languageServer, draftOf(value));
    const here = problems.filter((problem) => problem.pointer === pointer);
    const worst =
      here.find(({ severity }) => severity === "error") ??
      here.find(({ severity }) => severity === "warning");
    return worst && { message: worst.message, blocks: worst.severity === "error" };
  };
}

function build(languageServer: LanguageServer, params: CreateDocumentParams): Promise<CreateDocumentResult> {
  return languageServer.request(CREATE_DOCUMENT, params, CreateDocumentResult);
}
