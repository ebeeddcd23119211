import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import {
  HOSTED_STEP,
  HostedReportShape,
  HostedStepParams,
  VALIDATE_HOSTED,
  type ValidateHostedParams,
} from "../../../server/src/lsp/protocol.js";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import { type LanguageServer, messageOf } from "../languageClient.js";
import { proxySettings } from "../proxySettings.js";
import { ReportPanel } from "../report/reportPanel.js";
import { hostOf, stepTitle, summary } from "../report/wording.js";

/**
 * `CIMD: Validate Hosted Document…`: fetches a document from where it is published, as an authorization server would,
 * and shows a report beside the editor. The host is named before the request leaves; nothing is asked and nothing leaves
 * in a workspace that is not trusted.
 */
export class ValidateHosted implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #panel: ReportPanel;
  /** The editor's text that the last check compared with, for running it again. */
  #compared: vscode.TextDocument | undefined;

  constructor(
    context: vscode.ExtensionContext,
    languageServer: LanguageServer,
    log: vscode.LogOutputChannel,
  ) {
    this.#languageServer = languageServer;
    this.#log = log;
    this.#panel = new ReportPanel(context.extensionUri, (url) => void this.#validate(url, this.#compared));
  }

  /** @param target what the command was called with; else the active editor's document is meant */
  async run(target: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showErrorMessage(
        "Hosted documents are not fetched in Restricted Mode. Trust this workspace to allow it.",
      );
      return;
    }
    const document = await targetDocument(target);
    const own = document && isClientMetadataDocument(document) ? document : undefined;
    const url = await askUrl(own ? clientIdOf(own.getText()) : "");
    if (url !== undefined)
      await this.#validate(url, own && clientIdOf(own.getText()) === url ? own : undefined);
  }

  async #validate(url: string, document: vscode.TextDocument | undefined): Promise<void> {
    this.#compared = document;
    const token = randomUUID();
    try {
      const report = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: `Fetching from ${hostOf(url)}`,
          cancellable: true,
        },
        async (progress, cancellation) => {
          const listener = this.#languageServer.onNotification(HOSTED_STEP, (params) => {
            const step = HostedStepParams.safeParse(params);
            if (step.success && step.data.token === token)
              progress.report({ message: stepTitle(step.data.step.id) });
          });
          try {
            const proxy = proxySettings();
            const params: ValidateHostedParams = {
              url,
              token,
              ...(document && !document.isClosed ? { localText: document.getText() } : {}),
              ...(proxy ? { proxy } : {}),
            };
            return await this.#languageServer.request(
              VALIDATE_HOSTED,
              params,
              HostedReportShape,
              cancellation,
            );
          } finally {
            listener.dispose();
          }
        },
      );
      this.#panel.show(report);
      announce(report);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return;
      this.#log.error(`The hosted check did not finish: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(`The hosted check did not finish: ${messageOf(error)}`);
    }
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

function announce(report: HostedReportShape): void {
  const message = summary(report);
  if (!report.ok) void vscode.window.showErrorMessage(message);
  else if (report.steps.some(({ state }) => state === "warning"))
    void vscode.window.showWarningMessage(message);
  else void vscode.window.showInformationMessage(message);
}

/** Shows the URL, and with it the host, before anything is sent. */
async function askUrl(value: string): Promise<string | undefined> {
  const input = await vscode.window.showInputBox({
    title: "Validate Hosted Document",
    prompt: "Enter fetches this URL once, without cookies or credentials.",
    placeHolder: "https://app.example.com/oauth/client.cimd.json",
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const url = text.trim();
      if (url === "") return undefined;
      if (!URL.canParse(url)) return "This is not an absolute URL. Write it with https://.";
      return {
        message: `The request goes to ${hostOf(url)}.`,
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    },
  });
  return input?.trim() || undefined;
}

const CLIENT_ID = /"client_id"\s*:\s*("(?:[^"\\\r\n]|\\.)*")/;

/** The client identifier URL in a text, also when the rest of it is broken; `""` where there is none. */
function clientIdOf(text: string): string {
  const literal = CLIENT_ID.exec(text)?.[1];
  if (literal === undefined) return "";
  try {
    return String(JSON.parse(literal));
  } catch {
    // An escape JSON does not know: then it is no URL to offer.
    return "";
  }
}
