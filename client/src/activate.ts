import * as vscode from "vscode";
import { setMessages } from "../../server/src/localisation/messages.js";
import { CHANGE_SETTING } from "../../server/src/lsp/protocol.js";
import { messageOf } from "../../server/src/messageOf.js";
import { offerAssociation } from "./association/offerAssociation.js";
import { SAVE_WITHOUT_MARK, saveWithoutByteOrderMark } from "./byteOrderMark.js";
import { CheckServerSupport } from "./commands/checkServerSupport.js";
import { checkWorkspace } from "./commands/checkWorkspace.js";
import { clearWorkspaceProblems } from "./commands/clearWorkspaceProblems.js";
import { CompareWithHosted } from "./commands/compareWithHosted.js";
import { ExplainRule } from "./commands/explainRule.js";
import { previewConsent } from "./commands/previewConsent.js";
import { previewConsentToSide } from "./commands/previewConsentToSide.js";
import { rehearseSignIn } from "./commands/rehearseSignIn.js";
import { restartLanguageServer } from "./commands/restartLanguageServer.js";
import { showCompatibility } from "./commands/showCompatibility.js";
import { showOutput } from "./commands/showOutput.js";
import { sortMembers } from "./commands/sortMembers.js";
import { stopRehearsal } from "./commands/stopRehearsal.js";
import { testRedirectUri } from "./commands/testRedirectUri.js";
import { toggleCompatibilityLock } from "./commands/toggleCompatibilityLock.js";
import { togglePreviewLock } from "./commands/togglePreviewLock.js";
import { ValidateHosted } from "./commands/validateHosted.js";
import { DOCUMENT_SELECTOR, targetMetadataDocument } from "./documents.js";
import { HostedChecks } from "./hosted/hostedChecks.js";
import { HostedFiles } from "./hosted/hostedFiles.js";
import { HostedStatus } from "./hosted/hostedStatus.js";
import { ServedContent } from "./hosted/servedContent.js";
import { LanguageServer } from "./languageClient.js";
import { LanguageServerStatus } from "./languageServerStatus.js";
import { localisation } from "./localisation.js";
import type { Platform } from "./platform.js";
import { LazyRehearsal } from "./rehearsal/lazyRehearsal.js";
import { ReportPanel } from "./report/reportPanel.js";
import { changeSetting } from "./settings/changeSetting.js";
import { LazyPanel } from "./webview/lazyPanel.js";
import { WorkspaceProblems } from "./workspace/workspaceProblems.js";

/** Commands that code lenses and code actions of the language server may name. */
const CLIENT_COMMANDS = [
  "cimd.createDocument",
  "cimd.validateHosted",
  "cimd.previewConsent",
  "cimd.previewConsentToSide",
  "cimd.showCompatibility",
  "cimd.explainRule",
  "cimd.chooseServers",
  "cimd.addSigningKey",
  CHANGE_SETTING,
  SAVE_WITHOUT_MARK,
];

/**
 * Registers everything the extension has. What costs time waits until a client metadata document is open or a command
 * needs it.
 */
export function activateOn(context: vscode.ExtensionContext, platform: Platform): void {
  setMessages(localisation().messages);
  const log = vscode.window.createOutputChannel("CIMD", { log: true });
  const languageServer = new LanguageServer(platform, log, {
    clientCommands: CLIENT_COMMANDS,
    messages: localisation().messages,
  });
  const hostedFiles = new HostedFiles();
  const report = new ReportPanel(context.extensionUri, log);
  const hostedChecks = new HostedChecks(languageServer, log, hostedFiles, report);
  const served = new ServedContent();
  const validateHosted = new ValidateHosted(hostedChecks, report);
  const compareWithHosted = new CompareWithHosted(hostedChecks, report, served);
  const checkServerSupport = new CheckServerSupport(languageServer, log, report);
  const explainRule = new ExplainRule(languageServer);
  const workspaceProblems = new WorkspaceProblems(languageServer, log);
  const panels = () => import("./webview/panelsOnFirstUse.js");
  const preview = new LazyPanel("cimd.consentPreview", log, async () => {
    const { ConsentPreview } = await panels();
    return new ConsentPreview(context, languageServer, log);
  });
  const compatibility = new LazyPanel("cimd.compatibility", log, async () => {
    const { CompatibilityPanel } = await panels();
    return new CompatibilityPanel(context.extensionUri, languageServer, log);
  });
  const rehearsal = new LazyRehearsal(log, async () => {
    const { RehearsalPanel } = await panels();
    return new RehearsalPanel(context, languageServer, log);
  });
  const creation = () => import("./create/createCommands.js");
  const command = (name: string, run: (...given: unknown[]) => unknown) =>
    vscode.commands.registerCommand(name, run);

  context.subscriptions.push(
    log,
    languageServer,
    hostedFiles,
    report,
    served,
    new HostedStatus(hostedFiles),
    new LanguageServerStatus(languageServer),
    preview,
    compatibility,
    rehearsal,
    explainRule,
    workspaceProblems,
    offerAssociation(context),
    command(CHANGE_SETTING, changeSetting),
    command(SAVE_WITHOUT_MARK, saveWithoutByteOrderMark),
    command("cimd.createDocument", async () => (await creation()).createDocument(languageServer)),
    command("cimd.copyClientCode", async (target) =>
      (await creation()).copyClientCode(languageServer, await targetMetadataDocument(target)),
    ),
    command("cimd.addSigningKey", async (target) =>
      (await creation()).addSigningKey(
        languageServer,
        await targetMetadataDocument(target),
        platform.makePrivateKey,
      ),
    ),
    command("cimd.addHostingConfiguration", async (target) =>
      (await creation()).addHostingConfiguration(languageServer, await targetMetadataDocument(target)),
    ),
    command("cimd.validateHosted", (target) => validateHosted.run(target)),
    command("cimd.compareWithHosted", (target) => compareWithHosted.run(target)),
    command("cimd.checkServerSupport", () => checkServerSupport.run()),
    command("cimd.previewConsent", (target) => previewConsent(preview, target)),
    command("cimd.previewConsentToSide", (target) => previewConsentToSide(preview, target)),
    command("cimd.togglePreviewLock", () => togglePreviewLock(preview)),
    command("cimd.showCompatibility", (target) => showCompatibility(compatibility, target)),
    command("cimd.toggleCompatibilityLock", () => toggleCompatibilityLock(compatibility)),
    command("cimd.rehearseSignIn", (target) => rehearseSignIn(platform, rehearsal, target)),
    command("cimd.stopRehearsal", () => stopRehearsal(rehearsal)),
    command("cimd.explainRule", (target) => explainRule.run(target)),
    command("cimd.chooseServers", async (target) => (await creation()).chooseServers(languageServer, target)),
    command("cimd.sortMembers", () => sortMembers(languageServer)),
    command("cimd.testRedirectUri", (target) => testRedirectUri(languageServer, target)),
    command("cimd.checkWorkspace", () => checkWorkspace(workspaceProblems)),
    command("cimd.clearWorkspaceProblems", () => clearWorkspaceProblems(workspaceProblems)),
    command("cimd.restartLanguageServer", () => restartLanguageServer(languageServer)),
    command("cimd.showOutput", () => showOutput(log)),
    vscode.workspace.onDidOpenTextDocument(startFor),
  );
  vscode.workspace.textDocuments.forEach(startFor);

  function startFor(document: vscode.TextDocument): void {
    if (vscode.languages.match(DOCUMENT_SELECTOR, document) === 0) return;
    // `start` tells the person itself when it fails.
    languageServer.start().catch((error: unknown) => log.debug(`Not started: ${messageOf(error)}`));
  }
}
