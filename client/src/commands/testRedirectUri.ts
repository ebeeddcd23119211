import * as vscode from "vscode";
import { MATCH_REDIRECT_URI, RedirectMatches } from "../../../server/src/lsp/documentProtocol.js";
import { isClientMetadataDocument, targetDocument } from "../documents.js";
import type { LanguageServer } from "../languageClient.js";

type Match = RedirectMatches["matches"][number];
type Finding = RedirectMatches["findings"][number];

/** Outcomes in the order in which they are listed. */
const outcomes = (
  whole: boolean,
): readonly (readonly [group: Match["group"], heading: string, icon: string])[] => [
  ["allowed", vscode.l10n.t("Sends the person back there"), "pass"],
  ["listed-exactly", vscode.l10n.t("Listed exactly; nothing known refuses it"), "pass"],
  [
    "refused",
    whole ? vscode.l10n.t("Refuses this request") : vscode.l10n.t("Refuses this redirect URI"),
    "error",
  ],
  ["document-refused", vscode.l10n.t("Refuses the whole document"), "circle-slash"],
  ["unknown", vscode.l10n.t("Not known"), "question"],
];

const copyButton = (tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon("copy"),
  tooltip,
});

const FINDING_ICONS: Readonly<Record<Finding["severity"], string>> = {
  error: "error",
  warning: "warning",
  information: "info",
};

interface Item extends vscode.QuickPickItem {
  /** Absent for headings and advice. */
  readonly match?: Match;
  /** The entry of the document that it leads to. */
  readonly entry?: string | undefined;
}

/** What is asked about which document. */
interface Question {
  readonly document: vscode.TextDocument;
  /** The redirect URI, or the URL of the whole request. */
  readonly sent: string;
  readonly ask: (verdicts: "group" | "all") => Promise<RedirectMatches>;
}

/**
 * `CIMD: Test a Redirect URI or an Authorization Request…`: asks for what a client will send and lists for each authorization
 * server whether it would send the person back there, by which entry, and why not: the targets or else the servers that many
 * people meet, and all known ones on demand. Of a whole authorization URL, what differs from the document comes first.
 */
export async function testRedirectUri(languageServer: LanguageServer, target: unknown): Promise<void> {
  const document = await targetDocument(target);
  if (!document || !isClientMetadataDocument(document)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a client metadata document to test a redirect URI or an authorization request."),
    );
    return;
  }
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Test a Redirect URI or an Authorization Request"),
    prompt: vscode.l10n.t(
      "The redirect_uri that the client will send, character by character, or the whole authorization URL that it opens in the browser.",
    ),
    placeHolder: "http://127.0.0.1:49152/callback",
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" ? vscode.l10n.t("Type a redirect URI, or paste an authorization URL.") : undefined,
  });
  if (typed === undefined) return;
  const sent = typed.trim();
  const question: Question = {
    document,
    sent,
    ask: (verdicts) =>
      languageServer.request(
        MATCH_REDIRECT_URI,
        { uri: document.uri.toString(), text: document.getText(), redirectUri: sent, verdicts },
        RedirectMatches,
      ),
  };
  showMatches(question, await question.ask("group"));
}

function showMatches(question: Question, answer: RedirectMatches, verdicts: "group" | "all" = "group"): void {
  const { document, sent } = question;
  const { whole, findings, matches, advice } = answer;
  const allowed = matches.filter(({ group }) => group === "allowed" || group === "listed-exactly").length;
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = whole
    ? vscode.l10n.t(
        "Authorization request: {0} of {1} authorization servers take it",
        allowed,
        matches.length,
      )
    : vscode.l10n.t("Redirect URI: {0} of {1} authorization servers allow it", allowed, matches.length);
  pick.placeholder = sent;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  const copyAll = copyButton(vscode.l10n.t("Copy All as Markdown"));
  const askAll: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("list-unordered"),
    tooltip: vscode.l10n.t("Ask All Known Servers"),
  };
  pick.buttons = verdicts === "group" ? [askAll, copyAll] : [copyAll];
  const said = new Set<string | undefined>(findings.map(({ message }) => message));
  const servers = outcomes(whole).flatMap(([group, heading, icon]) => {
    const items = matches.filter((match) => match.group === group).map((match) => itemOf(match, icon, said));
    if (items.length === 0) return [];
    const told = group === "refused" && advice ? [adviceItem(advice)] : [];
    return [{ label: heading, kind: vscode.QuickPickItemKind.Separator }, ...told, ...items];
  });
  pick.items = [...findingItems(findings), ...servers];
  pick.onDidTriggerButton(async (button) => {
    if (button === copyAll) {
      copy(asMarkdown(sent, answer));
      return;
    }
    pick.busy = true;
    const all = await question.ask("all");
    pick.hide();
    showMatches(question, all, "all");
  });
  pick.onDidTriggerItemButton(({ item }) => {
    if (item.match) copy(`${item.match.name} ${item.match.version}: ${explain(item.match)}`);
  });
  pick.onDidAccept(() => {
    const entry = pick.activeItems[0]?.entry;
    pick.hide();
    if (entry !== undefined) void reveal(document, entry);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

/** What is to be said of the request whatever the server, in front of the servers. */
function findingItems(findings: readonly Finding[]): Item[] {
  if (findings.length === 0) return [];
  return [
    { label: vscode.l10n.t("The request and the document"), kind: vscode.QuickPickItemKind.Separator },
    ...findings.map(
      ({ part, severity, message }): Item => ({
        label: `$(${FINDING_ICONS[severity]}) ${part}`,
        detail: withoutIcons(message),
        alwaysShow: true,
      }),
    ),
  ];
}

/** @param said what the items in front of the servers say already */
function itemOf(match: Match, icon: string, said: ReadonlySet<string | undefined>): Item {
  return {
    label: `$(${icon}) ${match.name}`,
    description: match.version,
    ...(said.has(match.reason) ? {} : { detail: withoutIcons(explain(match)) }),
    buttons: [copyButton(vscode.l10n.t("Copy"))],
    match,
    entry: match.matchedBy,
  };
}

/** What differs and what to write, in front of the servers that refuse. */
function adviceItem({ entry, sentences }: NonNullable<RedirectMatches["advice"]>): Item {
  const [nearest = "", ...rest] = sentences;
  return {
    label: `$(lightbulb) ${withoutIcons(nearest)}`,
    detail: withoutIcons(rest.join(" ")),
    alwaysShow: true,
    entry,
  };
}

function explain({ group, matchedBy, reason }: Match): string {
  if (group === "allowed")
    return matchedBy === undefined
      ? vscode.l10n.t("Allowed")
      : vscode.l10n.t("Allowed by the entry {0}", matchedBy);
  return reason ?? vscode.l10n.t("The reason is not known.");
}

/** Text of a document in a quick pick: `$(name)` in it stays text and becomes no icon. */
function withoutIcons(text: string): string {
  return text.replaceAll("$(", "\\$(");
}

function asMarkdown(sent: string, { whole, findings, matches, advice }: RedirectMatches): string {
  const cell = (text: string): string => text.replace(/[\r\n]+/g, " ").replace(/[\\|`*_<>[\]]/g, "\\$&");
  const heading = new Map(outcomes(whole).map(([outcome, text]) => [outcome, text]));
  const rows = matches.map(
    (match) =>
      `| ${cell(match.name)} | ${cell(match.version)} | ${heading.get(match.group)} | ${cell(explain(match))} |`,
  );
  return [
    whole
      ? vscode.l10n.t("Authorization request: {0}", cell(sent))
      : vscode.l10n.t("Redirect URI: {0}", cell(sent)),
    "",
    ...findings.map(({ part, message }) => `- ${cell(part)}: ${cell(message)}`),
    ...(findings.length > 0 ? [""] : []),
    ...(advice ? [cell(advice.sentences.join(" ")), ""] : []),
    `| ${[vscode.l10n.t("Server"), vscode.l10n.t("Version"), vscode.l10n.t("Outcome"), vscode.l10n.t("Why")].join(" | ")} |`,
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function copy(text: string): void {
  void vscode.env.clipboard
    .writeText(text)
    .then(() => vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t("Copied")}`, 3000));
}

/** Selects the first place where the document says an entry the way JSON writes it. */
async function reveal(document: vscode.TextDocument, entry: string): Promise<void> {
  const offset = document.getText().indexOf(JSON.stringify(entry));
  if (offset < 0) return;
  const selection = new vscode.Range(
    document.positionAt(offset),
    document.positionAt(offset + JSON.stringify(entry).length),
  );
  await vscode.window.showTextDocument(document, { selection });
}
