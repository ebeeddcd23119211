import * as vscode from "vscode";
import { EXPLAIN_RULE, ExplainRuleResult, LIST_RULES, RuleTitles } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../languageClient.js";

const SCHEME = "cimd-rule";

/**
 * `CIMD: Explain Rule…`: opens a rule's page, which is made from the rule itself, as a Markdown preview.
 */
export class ExplainRule implements vscode.Disposable {
  readonly #languageServer: LanguageServer;
  readonly #registration: vscode.Disposable;

  constructor(languageServer: LanguageServer) {
    this.#languageServer = languageServer;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => this.#page(uri),
    });
  }

  /**
   * @param target the rule's id, or ids of which the person chooses one; without any the person chooses of all, the rules of
   * the active editor's problems first
   */
  async run(target: unknown): Promise<void> {
    const rule = typeof target === "string" ? target : await this.#choose(target);
    if (rule === undefined) return;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  async #choose(some: unknown): Promise<string | undefined> {
    const all = await this.#languageServer.request(LIST_RULES, {}, RuleTitles);
    const rules = Array.isArray(some) ? all.filter(({ id }) => some.includes(id)) : all;
    const editor = vscode.window.activeTextEditor;
    const here = new Set(
      (editor ? vscode.languages.getDiagnostics(editor.document.uri) : []).map((diagnostic) =>
        codeOf(diagnostic),
      ),
    );
    const items = rules.map(({ id, title }) => ({ label: id, description: title, here: here.has(id) }));
    items.sort((a, b) => Number(b.here) - Number(a.here));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Explain Rule"),
      placeHolder: vscode.l10n.t("A rule's id, or a word of its title"),
      matchOnDescription: true,
    });
    return picked?.label;
  }

  async #page(uri: vscode.Uri): Promise<string> {
    const rule = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    const { markdown } = await this.#languageServer.request(EXPLAIN_RULE, { rule }, ExplainRuleResult);
    return markdown;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
