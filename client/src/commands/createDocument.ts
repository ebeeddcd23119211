import * as vscode from "vscode";
import { LIST_SERVERS, ListServersResult } from "../../../server/src/lsp/protocol.js";
import { build, type Draft, startDraft, targetsOf } from "../create/draft.js";
import { readHostingSuggestions } from "../create/hostingFiles.js";
import { askReview, problemsToReview } from "../create/review.js";
import { countSteps, STEPS } from "../create/steps.js";
import type { Answer } from "../create/wizard.js";
import type { LanguageServer } from "../languageClient.js";

/**
 * `CIMD: Create Document…`: asks for everything a document needs, then opens an untitled one. Every answer is judged
 * while it is typed, by the rules and the target servers that judge documents; what is left at the end leads back to its
 * question. Escape at any step leaves nothing behind.
 */
export async function createDocument(languageServer: LanguageServer): Promise<void> {
  const [knownServers, hosting] = await Promise.all([
    languageServer.request(LIST_SERVERS, {}, ListServersResult),
    readHostingSuggestions(),
  ]);
  const draft = startDraft(languageServer, knownServers, hosting);
  const text = await askEverything(draft);
  if (text === undefined) return;
  const document = await vscode.workspace.openTextDocument({ language: "cimd", content: text });
  await vscode.window.showTextDocument(document);
  await offerNext(document, draft);
}

/** @returns the document's text; undefined when the person left */
async function askEverything(draft: Draft): Promise<string | undefined> {
  let at = 0;
  for (;;) {
    const steps = STEPS.filter(({ applies }) => applies?.(draft) ?? true);
    const step = steps[at];
    const title = vscode.l10n.t("Create a Client ID Metadata Document");
    if (step) {
      const answer = await step.ask(draft, { title, step: at + 1, totalSteps: countSteps(draft, step) });
      if (answer === "cancel") return undefined;
      at += isBack(answer) ? -1 : 1;
      continue;
    }
    const built = await build(draft);
    const problems = problemsToReview(built);
    if (problems.length === 0) return built.text;
    // A look back at all questions, and none of its own.
    const place = { title, step: steps.length, totalSteps: steps.length };
    const answer = await askReview(place, problems, steps);
    if (answer === "cancel") return undefined;
    if (answer === "back") at--;
    else if (answer.value === "create") return built.text;
    else at = steps.indexOf(answer.value.changes);
  }
}

function isBack(answer: Exclude<Answer<unknown>, "cancel">): boolean {
  return answer === "back" || answer.isBack;
}

async function offerNext(document: vscode.TextDocument, draft: Draft): Promise<void> {
  const { answers, knownServers } = draft;
  const save = vscode.l10n.t("Save…");
  const preview = vscode.l10n.t("Preview Consent Screen");
  const remember = vscode.l10n.t("Keep Servers in Settings");
  const advice =
    answers.authentication === "none"
      ? vscode.l10n.t(
          "Save the document where it will be published; its URL has to be the client_id, character by character.",
        )
      : vscode.l10n.t(
          "Save the document where it will be published, then run CIMD: Add a Key for private_key_jwt… for its jwks.json.",
        );
  const servers = targetsOf(draft);
  const isNews = servers.length > 0 && knownServers.some(({ id, target }) => target !== servers.includes(id));
  const actions = [save, preview, ...(isNews ? [remember] : [])];
  const chosen = await vscode.window.showInformationMessage(advice, ...actions);
  // Unlike document.save(), this leaves the file open that the untitled document was saved to.
  if (chosen === save) await vscode.workspace.save(document.uri);
  if (chosen === preview) await vscode.commands.executeCommand("cimd.previewConsentToSide", document.uri);
  if (chosen === remember) await keepServers(servers);
}

/** Makes the editor judge documents by the servers that the person chose: in this workspace, or everywhere without one. */
async function keepServers(servers: readonly string[]): Promise<void> {
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration("cimd").update("servers", servers, target);
}
