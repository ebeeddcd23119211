import { say } from "../localisation/say.js";
import type { DiscoveryReport } from "./discovery.js";
import { minute } from "./moment.js";
import type { HostedReport, StepOf, StepState } from "./report.js";

const MARKS: Readonly<Record<StepState, string>> = {
  passed: "✅",
  failed: "❌",
  warning: "⚠️",
  skipped: "➖",
};

/**
 * A report as GitHub-flavoured Markdown, for copying into an issue. Text from the network is literal in it: it cannot
 * make links, images or markup.
 */
export function toMarkdown(report: HostedReport): string {
  const lines = [
    ...heading(say`Hosted document: ${report.url}`, report.summary, report),
    ...stepTable(report.steps),
  ];
  return `${lines.join("\n")}\n`;
}

/** The same for what was discovered about an MCP server. */
export function discoveryToMarkdown(report: DiscoveryReport): string {
  const verdict = report.usable
    ? say`An authorization server of it supports client metadata documents.`
    : report.supported
      ? say`An authorization server of it advertises client metadata documents, but clients will not use them.`
      : report.authorizationServers.length > 0 || anyFailed(report)
        ? say`No authorization server of it supports client metadata documents.`
        : say`It could not be seen whether its authorization servers support client metadata documents.`;
  return `${[...heading(say`MCP server: ${report.url}`, verdict, report), ...stepTable(report.steps)].join("\n")}\n`;
}

function anyFailed({ steps }: { steps: readonly StepOf<string>[] }): boolean {
  return steps.some(({ state }) => state === "failed");
}

function heading(
  title: string,
  verdict: string,
  { startedAt, durationMs }: { startedAt: string; durationMs: number },
): string[] {
  return [
    `# ${literal(title)}`,
    "",
    literal(say`${verdict} Checked ${minute(startedAt)} in ${durationMs} ms.`),
    "",
  ];
}

function stepTable(steps: readonly StepOf<string>[]): string[] {
  return [
    say`| | Step | Result |`,
    "| --- | --- | --- |",
    ...steps.map((step) => `| ${MARKS[step.state]} | ${literal(step.title)} | ${cell(step)} |`),
  ];
}

function cell({ sentence, fix, details = [] }: StepOf<string>): string {
  return [sentence, ...(fix === undefined ? [] : [`→ ${fix}`]), ...details.map((detail) => `· ${detail}`)]
    .map(literal)
    .join("<br>");
}

/** Makes text literal inside a table cell. A URL may become a link to itself; a word joiner keeps names from being called. */
function literal(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_{}[\]()#+!|~>]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u2060");
}
