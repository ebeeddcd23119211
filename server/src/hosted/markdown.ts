import { serverById } from "../servers/servers.js";
import { type HostedReport, STEP_TITLES, type Step, type StepState } from "./report.js";

const MARKS: Readonly<Record<StepState, string>> = {
  passed: "✅",
  failed: "❌",
  warning: "⚠️",
  skipped: "➖",
};

/**
 * A report as GitHub-flavoured Markdown, for copying into an issue. Text from the network is escaped: it cannot make
 * links, images or markup.
 */
export function toMarkdown(report: HostedReport): string {
  const lines = [
    `# Hosted document: ${literal(report.url)}`,
    "",
    `${report.ok ? "No step failed" : "At least one step failed"}. Checked ${report.startedAt} in ${report.durationMs} ms.`,
    "",
    "| | Step | Result |",
    "| --- | --- | --- |",
    ...report.steps.map((step) => `| ${MARKS[step.state]} | ${STEP_TITLES[step.id]} | ${cell(step)} |`),
  ];
  if (report.verdicts.length > 0) {
    lines.push("", "| Authorization server | Version | Verdict |", "| --- | --- | --- |");
    for (const { server, version, verdict } of report.verdicts) {
      lines.push(`| ${literal(serverById(server)?.name ?? server)} | ${literal(version)} | ${verdict} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function cell({ sentence, fix, details = [] }: Step): string {
  return [sentence, ...(fix === undefined ? [] : [`→ ${fix}`]), ...details.map((detail) => `· ${detail}`)]
    .map(literal)
    .join("<br>");
}

/** Makes text literal inside a table cell. */
function literal(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_{}[\]()#+!|~>@]/g, "\\$&")
    .replace(/:\/\//g, ":\u2060//");
}
