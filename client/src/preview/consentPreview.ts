import * as vscode from "vscode";
import {
  CONSENT_VIEW,
  type ConsentViewParams,
  FETCH_LOGO,
  type FetchLogoParams,
  FetchLogoResult,
} from "../../../server/src/lsp/protocol.js";
import { messageOf } from "../../../server/src/messageOf.js";
import { ConsentView } from "../../../server/src/views/consent/consentView.js";
import type { LanguageServer } from "../languageClient.js";
import { localisation } from "../localisation.js";
import { proxySettings } from "../proxySettings.js";
import { FollowingPanel, type PanelContent } from "../webview/followingPanel.js";
import { type Frame, FromPage, PreviewState, type ToPage } from "./messages.js";
import { StoredChoices } from "./storedChoices.js";

/**
 * `CIMD: Preview Consent Screen`: one panel that follows the active client metadata document, or stays with one when it
 * is locked, and shows what its users will see.
 */
export class ConsentPreview implements vscode.Disposable, PanelContent<PreviewState> {
  readonly viewType = "cimd.consentPreview";
  readonly bundle = "page";
  readonly panel: FollowingPanel<PreviewState>;
  readonly #context: vscode.ExtensionContext;
  readonly #languageServer: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #stored: StoredChoices;
  #frame: Frame | undefined;
  /** Logos that were asked for while the panel is open, by URL. */
  readonly #logos = new Map<string, NonNullable<Frame["logo"]>>();

  constructor(
    context: vscode.ExtensionContext,
    languageServer: LanguageServer,
    log: vscode.LogOutputChannel,
  ) {
    this.#context = context;
    this.#languageServer = languageServer;
    this.#log = log;
    this.#stored = new StoredChoices(context.workspaceState);
    this.panel = new FollowingPanel(context.extensionUri, log, this);
  }

  title(): string {
    return vscode.l10n.t("Consent Preview");
  }

  nothingToShow(): string {
    return vscode.l10n.t("Open a client metadata document (*.cimd.json) to preview it.");
  }

  cannotOpen(uri: string): string {
    return vscode.l10n.t("{0} cannot be opened. Open another document to preview it.", uri);
  }

  failed(reason: string): string {
    return vscode.l10n.t("The preview could not be drawn: {0}", reason);
  }

  stateFor(uri: vscode.Uri): PreviewState {
    const key = uri.toString();
    return {
      uri: key,
      locked: false,
      choices: this.#stored.of(key) ?? { server: preferredServer(uri) },
    };
  }

  restore(stored: unknown): PreviewState | undefined {
    const read = PreviewState.safeParse(stored);
    return read.success ? read.data : undefined;
  }

  async frame(
    document: vscode.TextDocument,
    state: PreviewState,
  ): Promise<{ title: string; message: ToPage } | undefined> {
    const params: ConsentViewParams = { uri: state.uri, text: document.getText(), choices: state.choices };
    const view = await this.#languageServer.request(CONSENT_VIEW, params, ConsentView);
    const current = this.panel.state;
    if (!current || !this.panel.stillShows(state)) return undefined;
    const documentName = document.uri.path.split("/").at(-1) ?? "";
    const logo = this.#logos.get(view.screen.logoUri ?? "");
    this.#frame = { documentName, locked: current.locked, view, ...(logo ? { logo } : {}) };
    return {
      title: current.locked
        ? vscode.l10n.t("[Consent] {0}", documentName)
        : vscode.l10n.t("Consent: {0}", documentName),
      message: { type: "frame", frame: this.#frame, state: current },
    };
  }

  closed(): void {
    this.#frame = undefined;
    this.#logos.clear();
  }

  async receive(message: unknown): Promise<void> {
    const read = FromPage.safeParse(message);
    if (!read.success) {
      this.#log.warn("The consent preview sent something that was not understood.");
      return;
    }
    const { data } = read;
    switch (data.type) {
      case "choose":
        await this.#choose(data.choices);
        return;
      case "revealBroken":
        await this.#reveal(this.#frame?.view.broken?.place);
        return;
      case "revealProblem": {
        const step = this.#frame?.view.flow.find(({ id }) => id === data.step);
        await this.#reveal(step?.links[data.index]?.place);
        return;
      }
      case "openEvidence": {
        const url = this.#frame?.view.screen.evidence[data.index]?.url;
        if (url?.startsWith("https://")) await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return;
      }
      case "validateHosted":
        await vscode.commands.executeCommand("cimd.validateHosted", this.panel.state?.uri);
        return;
      case "toggleLock":
        this.panel.toggleLock();
        return;
      case "showLogo":
        await this.#showLogo();
        return;
      case "exportHtml":
        await this.#export();
        return;
      default:
        this.#log.warn(`The consent preview has no ${data.type}.`);
    }
  }

  /** Fetches the logo because the person pressed the button that names its host. */
  async #showLogo(): Promise<void> {
    const url = this.#frame?.view.screen.logoUri;
    const uri = this.panel.state?.uri;
    if (url === undefined || uri === undefined || this.#logos.get(url)?.state === "loading") return;
    if (!vscode.workspace.isTrusted) {
      this.#logos.set(url, {
        state: "refused",
        reason: vscode.l10n.t("Logos are not fetched in Restricted Mode."),
      });
      this.panel.update();
      return;
    }
    this.#logos.set(url, { state: "loading" });
    this.panel.update();
    const proxy = proxySettings();
    const params: FetchLogoParams = { uri, url, ...(proxy ? { proxy } : {}) };
    try {
      this.#logos.set(url, await this.#languageServer.request(FETCH_LOGO, params, FetchLogoResult));
    } catch (error) {
      this.#logos.set(url, {
        state: "refused",
        reason: vscode.l10n.t("The logo could not be fetched: {0}", messageOf(error)),
      });
    }
    this.panel.update();
  }

  async #choose(choices: PreviewState["choices"]): Promise<void> {
    const uri = this.panel.state?.uri;
    if (uri === undefined) return;
    this.panel.keep({ choices });
    this.panel.update();
    await this.#stored.store(uri, choices);
  }

  async #reveal(place: NonNullable<ConsentView["broken"]>["place"] | undefined): Promise<void> {
    if (place) await this.panel.reveal(place);
  }

  async #export(): Promise<void> {
    if (!this.#frame) return;
    const name = this.#frame.documentName.replace(/(\.cimd)?\.json$/, "");
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t("Export the consent preview"),
      filters: { HTML: ["html"] },
      ...(this.#besideDocument(`${name}.consent.html`) ?? {}),
    });
    if (!target) return;
    const { exportedHtml } = await import("./exportHtml.js");
    const style = vscode.Uri.joinPath(this.#context.extensionUri, "client", "dist", "page.css");
    const css = new TextDecoder().decode(await vscode.workspace.fs.readFile(style));
    const html = await exportedHtml(this.#frame, css, localisation().language);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(html));
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The consent preview was written to {0}.", target.path),
    );
  }

  #besideDocument(name: string): { defaultUri: vscode.Uri } | undefined {
    const state = this.panel.state;
    if (!state) return undefined;
    const uri = vscode.Uri.parse(state.uri, true);
    return uri.scheme === "untitled" ? undefined : { defaultUri: vscode.Uri.joinPath(uri, "..", name) };
  }

  dispose(): void {
    this.panel.dispose();
  }
}

function preferredServer(uri: vscode.Uri): string {
  return vscode.workspace.getConfiguration("cimd", uri).get<string>("preview.server") || "fastmcp";
}
