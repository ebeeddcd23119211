import * as vscode from "vscode";
import {
  HostedReportShape,
  VALIDATE_HOSTED,
  type ValidateHostedParams,
} from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../languageClient.js";
import type { ReportPanel } from "../report/reportPanel.js";
import { findClientId } from "./clientId.js";
import type { HostedFiles } from "./hostedFiles.js";
import { runWithProgress } from "./networkRequest.js";
import { hostOf } from "./urls.js";

/** What a hosted check is about. */
export interface HostedSubject {
  readonly url: string;
  /** The file that is published there; absent where none is open. */
  readonly uri?: vscode.Uri | undefined;
  /** Further checks, and the hosts that the person agreed to ask for them. */
  readonly extras?: ValidateHostedParams["extras"];
}

/** Runs hosted checks, and takes what they found to the report panel, the Problems panel and the language status. */
export class HostedChecks {
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #files: HostedFiles;
  readonly #panel: ReportPanel;

  constructor(
    languageServer: LanguageServer,
    log: vscode.LogOutputChannel,
    files: HostedFiles,
    panel: ReportPanel,
  ) {
    this.#languageServer = languageServer;
    this.#log = log;
    this.#files = files;
    this.#panel = panel;
  }

  /**
   * Runs a check, remembers its report in the panel's history without showing it, and returns it.
   *
   * @param again what the panel's button to run it again does
   * @returns undefined when it was cancelled or did not finish; the person has been told
   */
  async run(
    subject: HostedSubject,
    again: (subject: HostedSubject) => Promise<void>,
  ): Promise<HostedReportShape | undefined> {
    const { url, uri, extras } = subject;
    const document =
      uri && vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const text = document?.getText();
    const own = text !== undefined && findClientId(text)?.value === url;
    const report = await runWithProgress(this.#languageServer, this.#log, {
      method: VALIDATE_HOSTED,
      params: {
        url,
        ...(uri ? { uri: uri.toString() } : {}),
        ...(text === undefined ? {} : { localText: text }),
        ...(extras ? { extras } : {}),
      } satisfies ValidateHostedParams,
      answer: HostedReportShape,
      title: vscode.l10n.t("Fetching from {0}", [hostOf(url), ...(extras?.hosts ?? [])].join(", ")),
      failed: (reason) => vscode.l10n.t("The hosted check did not finish: {0}", reason),
    });
    if (!report) return undefined;
    if (document && text !== undefined && own) this.#files.record(document, { report, text });
    this.#panel.add({
      shown: { kind: "hosted", report },
      again: () => again(subject),
      checkExtras: async () => {
        const agreed = await agreeToExtras(report);
        if (agreed) await again({ ...subject, extras: agreed });
      },
    });
    return report;
  }
}

/** Names every host that would be asked, and asks whether it may be. */
async function agreeToExtras({
  url,
  extras,
}: HostedReportShape): Promise<ValidateHostedParams["extras"] | undefined> {
  const lines = extras.map(
    ({ id, hosts }) =>
      `${EXTRAS[id]()}: ${hosts.length > 0 ? hosts.join(", ") : vscode.l10n.t("no request, it is not https")}`,
  );
  const fetch = vscode.l10n.t("Fetch");
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t("Fetch what the document names, too?"),
    { modal: true, detail: [vscode.l10n.t("Document: {0}", hostOf(url)), ...lines].join("\n") },
    fetch,
  );
  if (choice !== fetch) return undefined;
  return {
    ids: extras.map(({ id }) => id),
    hosts: [...new Set(extras.flatMap(({ hosts }) => hosts))],
  };
}

const EXTRAS = {
  logo: () => vscode.l10n.t("Logo"),
  jwks: () => vscode.l10n.t("Keys"),
  links: () => vscode.l10n.t("Links"),
} as const;
