import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { cacheLines, stepTitle, summary, verdictGroups } from "./wording.js";

const MARKS = { passed: "✓", failed: "✗", warning: "!", skipped: "–" } as const;

/** Characters that mean something in CommonMark inline text, and the ones that start HTML. */
const SPECIAL = /[\\`*_{}[\]<>#|~!&]/g;

/**
 * Writes a report as Markdown, for an issue or a chat.
 *
 * Whatever comes from the network is escaped: it stays text wherever it is pasted.
 */
export function reportMarkdown(report: HostedReportShape): string {
  const lines = [
    `# Hosted document: ${code(report.url)}`,
    "",
    `${summary(report)} Checked ${report.startedAt}, ${Math.round(report.durationMs)} ms.`,
    "",
    "| | Step | Result |",
    "| --- | --- | --- |",
    ...report.steps.map(({ id, state, sentence, fix, details = [] }) => {
      const cell = [sentence, ...(fix === undefined ? [] : [`→ ${fix}`]), ...details]
        .map(escapeText)
        .join("<br>");
      return `| ${MARKS[state]} | ${escapeText(stepTitle(id))} | ${cell} |`;
    }),
  ];
  const problems = report.document?.problems ?? [];
  if (problems.length > 0) {
    lines.push("", "## Problems in the served document", "");
    for (const { rule, severity, message } of problems)
      lines.push(`- **${severity}** ${code(rule)}: ${escapeText(message)}`);
  }
  const groups = verdictGroups(report);
  if (groups.length > 0) {
    lines.push("", "## Authorization servers", "");
    for (const { title, servers } of groups) {
      lines.push(
        `- **${title}:** ${servers.map(({ server, why }) => escapeText(why === "" ? server : `${server} (${why})`)).join("; ")}`,
      );
    }
  }
  const cache = cacheLines(report);
  if (cache.length > 0) lines.push("", "## Cache", "", ...cache.map((line) => `- ${escapeText(line)}`));
  return lines.join("\n") + "\n";
}

function escapeText(text: string): string {
  return text.replace(SPECIAL, (character) => `\\${character}`).replace(/\s*\r?\n\s*/g, " ");
}

/** A code span that holds any text: its fence is longer than every run of backticks inside (CommonMark §6.1). */
function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${fence}${pad}${text.replaceAll(/[\r\n|]/g, " ")}${pad}${fence}`;
}
