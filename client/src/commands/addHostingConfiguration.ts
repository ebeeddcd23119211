import * as vscode from "vscode";
import { pagesBase } from "../../../server/src/create/hostingSuggestions.js";
import { type ConfiguredHost, HOST_FILES } from "../../../server/src/create/hosts.js";
import {
  HOSTING_CONFIGURATION,
  type HostingConfigurationParams,
  HostingConfigurationResult,
} from "../../../server/src/lsp/protocol.js";
import { readHostingTexts } from "../create/hostingFiles.js";
import { replaceText } from "../create/textEdits.js";
import type { LanguageServer } from "../languageClient.js";

/** More of them are hardly the person's own. */
const MOST_FILES = 20;

interface Host extends vscode.QuickPickItem {
  readonly host: ConfiguredHost;
  readonly language: string;
}

interface Separator extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

const heading = (label: string): Separator => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** @param pages where GitHub Pages publishes the repository, where that is known */
const hosts = (pages: string | undefined): readonly (Host | Separator)[] => [
  heading(vscode.l10n.t("Hosts and web servers")),
  {
    label: "GitHub Pages",
    description: pages ?? vscode.l10n.t("a workflow"),
    host: "github-pages",
    language: "yaml",
  },
  { label: "Cloudflare Pages", description: "_headers", host: "cloudflare-pages", language: "plaintext" },
  { label: "Netlify", description: "_headers", host: "netlify", language: "plaintext" },
  { label: "Vercel", description: "vercel.json", host: "vercel", language: "json" },
  { label: "nginx", description: vscode.l10n.t("a location block"), host: "nginx", language: "plaintext" },
  { label: "Amazon S3", description: vscode.l10n.t("an aws command"), host: "s3", language: "shellscript" },
  heading(vscode.l10n.t("A route of your own application")),
  { label: "Express", description: "JavaScript", host: "express", language: "javascript" },
  { label: "Hono", description: "TypeScript", host: "hono", language: "typescript" },
  { label: "Next.js", description: "TypeScript", host: "nextjs", language: "typescript" },
  { label: "FastAPI", description: "Python", host: "fastapi", language: "python" },
  { label: "Laravel", description: "PHP", host: "laravel", language: "php" },
  { label: "Ruby on Rails", description: "Ruby", host: "rails", language: "ruby" },
];

/**
 * `CIMD: Add Hosting Configuration…`: what serves a document with the headers it should have, as a new text or as an
 * unsaved edit of a file of the workspace, for review in either case.
 *
 * @param document the client metadata document that is meant; undefined where none is open
 */
export async function addHostingConfiguration(
  languageServer: LanguageServer,
  document: vscode.TextDocument | undefined,
): Promise<void> {
  if (!document) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document (*.cimd.json) to configure how it is served."),
    );
    return;
  }
  const title = vscode.l10n.t("Add Hosting Configuration");
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  const pages = folder && pagesBase(await readHostingTexts(folder));
  const picked = await vscode.window.showQuickPick<Host | Separator>(hosts(pages), {
    title,
    placeHolder: vscode.l10n.t("Who serves the document?"),
    matchOnDescription: true,
  });
  if (!picked || !("host" in picked)) return;
  const file = await askFile(title, HOST_FILES[picked.host]);
  if (file === undefined) return;
  const existing = file === "new" ? undefined : await vscode.workspace.openTextDocument(file);
  const answer = await languageServer.request(
    HOSTING_CONFIGURATION,
    {
      text: document.getText(),
      host: picked.host,
      existing: existing?.getText() ?? "",
      file: folder ? vscode.workspace.asRelativePath(document.uri, false) : "",
      ...(pages === undefined ? {} : { pagesBase: pages }),
    } satisfies HostingConfigurationParams,
    HostingConfigurationResult,
  );
  if (answer.state === "refused") {
    void vscode.window.showWarningMessage(answer.reason);
    return;
  }
  if (existing) await replaceText(existing, answer.content);
  const shown =
    existing ??
    (await vscode.workspace.openTextDocument({ language: picked.language, content: answer.content }));
  await vscode.window.showTextDocument(shown, { preview: false });
}

/** @returns a file of the workspace to amend, or "new"; undefined when the person left */
async function askFile(title: string, name: string | undefined): Promise<vscode.Uri | "new" | undefined> {
  const files =
    name === undefined
      ? []
      : await vscode.workspace.findFiles(`**/${name}`, "**/node_modules/**", MOST_FILES);
  if (files.length === 0) return "new";
  const picked = await vscode.window.showQuickPick(
    [
      ...files.map((uri) => ({
        label: vscode.workspace.asRelativePath(uri),
        detail: vscode.l10n.t("Edit the file without saving it."),
        file: uri,
      })),
      {
        label: `$(new-file) ${vscode.l10n.t("New text")}`,
        detail: vscode.l10n.t("Save it where the host looks for it."),
        file: "new" as const,
      },
    ],
    { title, placeHolder: vscode.l10n.t("Which {0} does the host read?", name ?? "") },
  );
  return picked?.file;
}
