import { say } from "../../../server/src/localisation/say.js";
import {
  type Cell,
  type CompatibilityView,
  QUESTIONS,
  type Row,
} from "../../../server/src/views/compatibility/compatibilityView.js";
import type { CompatibilityChoices, Frame } from "./messages.js";
import { shownRows } from "./shownRows.js";
import { questionTitle } from "./words.js";

const MARKS: Readonly<Record<Cell["outcome"], string>> = {
  works: "✅",
  limited: "⚠️",
  never: "❌",
  unreached: "➖",
  unknown: "❔",
  told: "ℹ️",
};

/**
 * The servers that are shown as a GitHub-flavoured Markdown table, for pasting into an issue. Text that the document's
 * author chose is literal in it: it cannot make links, images, markup or mentions.
 */
export function compatibilityMarkdown(
  { documentName, view }: Frame,
  choices: Pick<CompatibilityChoices, "filter" | "targetsOnly">,
): string {
  const rows = shownRows(view, choices).flatMap((group) => group.rows);
  return [
    `# ${literal(say`Server compatibility of ${documentName}`)}`,
    "",
    ...brokenLines(view),
    literal(view.summary),
    "",
    `| ${[say`Server`, ...QUESTIONS.map(questionTitle)].map(literal).join(" | ")} |`,
    `| ${[say`Server`, ...QUESTIONS].map(() => "---").join(" | ")} |`,
    ...rows.map(rowLine),
    "",
  ].join("\n");
}

function brokenLines({ broken }: CompatibilityView): string[] {
  return broken ? [literal(say`The document cannot be read: ${broken.message}`), ""] : [];
}

function rowLine({ server, cells }: Row): string {
  const name = `**${literal(server.name)}** ${literal(server.version)}`;
  return `| ${[name, ...QUESTIONS.map((question) => cellText(cells[question]))].join(" | ")} |`;
}

/** The outcome, and what a reader has to know of it: the reasons where it is bad, the entries where they differ. */
function cellText({ outcome, word, statements }: Cell): string {
  const told = statements.filter((statement) => outcome !== "works" || statement.outcome !== "works");
  const reasons =
    outcome === "unreached" || outcome === "unknown" || outcome === "told"
      ? []
      : told.map(({ about, text }) =>
          about === undefined ? literal(text) : `${literal(about)}: ${literal(text)}`,
        );
  return [`${MARKS[outcome]} ${literal(word)}`, ...reasons].join("<br>");
}

/**
 * Makes text literal inside a table cell: control and bidirectional characters go, Markdown, HTML and
 * the beginnings of addresses are escaped, and a word joiner keeps names from being called and numbers from being issues.
 */
function literal(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#|~$]/g, "\\$&")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\b(www)\./gi, "$1\\.")
    .replace(/[@#](?=\w)/g, "$&\u2060");
}
