import { minute } from "../../../server/src/hosted/moment.js";
import { say, sayParts } from "../../../server/src/localisation/say.js";
import type { DiscoveryReportShape, HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { type Element, h } from "../webview/markup.js";
import type { ReportView, ShownReport } from "./reportView.js";
import { discoverySummary, extrasLabel, isUnseen, unseenSteps } from "./wording.js";

const STATES = {
  passed: () => say`passed`,
  failed: () => say`failed`,
  warning: () => say`warning`,
  skipped: () => say`skipped`,
} as const;
const HEADINGS = { hosted: () => say`Hosted document`, discovery: () => say`MCP server` } as const;

/**
 * Draws a report of the panel, with the choice of the others.
 *
 * @returns a tree without anything that runs, loads or navigates
 */
export function drawReport({ shown, run, runs }: ReportView): Element {
  const { kind, report } = shown;
  return h(
    "div",
    { class: "report" },
    h(
      "header",
      { class: "masthead" },
      h("h1", {}, HEADINGS[kind]()),
      runs.length > 1 && chooser(run, runs),
      h(
        "div",
        { class: "tools" },
        h("button", { type: "button", class: "quiet", "data-action": "runAgain" }, say`Run again`),
        h("button", { type: "button", class: "quiet", "data-action": "copyMarkdown" }, say`Copy as Markdown`),
      ),
    ),
    h("p", { class: "report-url" }, h("code", {}, h("bdi", {}, report.url))),
    h(
      "p",
      { class: `report-summary ${toneOf(shown)}`.trim() },
      kind === "hosted" ? report.summary : discoverySummary(report),
      h(
        "span",
        { class: "report-time" },
        ` ${minute(report.startedAt)} · ${Math.round(report.durationMs)} ms`,
      ),
    ),
    h("main", {}, steps(report), kind === "hosted" ? hostedSections(report) : discoverySections(report)),
  );
}

/** How the verdict is coloured. */
function toneOf({ kind, report }: ShownReport): string {
  if (kind === "discovery") return report.usable ? "is-ok" : "is-failed";
  if (isUnseen(report)) return "";
  if (!report.ok) return "is-failed";
  return report.steps.some(({ state }) => state === "warning") ? "is-warning" : "is-ok";
}

function chooser(run: number, runs: ReportView["runs"]): Element {
  return h(
    "div",
    { class: "runs" },
    h("label", { for: "runs" }, say`Run`),
    h(
      "select",
      { id: "runs", "data-run": true, value: run },
      runs.map(({ id, label }) => h("option", { value: id, selected: id === run }, label)),
    ),
  );
}

function steps(report: HostedReportShape | DiscoveryReportShape): (Element | false)[] {
  const reached = report.steps.filter(({ state }) => state !== "skipped");
  const unseen = unseenSteps<HostedReportShape["steps"][number]>(report);
  const skipped = report.steps.filter((step) => step.state === "skipped" && !unseen.includes(step));
  return [
    h("ol", { class: "report-steps" }, reached.map(reportStep)),
    unseen.length > 0 && unseenSection(unseen),
    skipped.length > 0 &&
      h(
        "p",
        { class: "report-skipped" },
        say`Not looked at: ${skipped.map(({ title }) => title).join(", ")}.`,
      ),
  ];
}

/** What was not visible here, each with its reason, and once what to do about it. */
function unseenSection(unseen: HostedReportShape["steps"]): Element {
  return h(
    "section",
    { "aria-labelledby": "report-unseen" },
    h("h2", { id: "report-unseen" }, say`Not visible in a browser`),
    h(
      "ul",
      {},
      unseen.map(({ title, sentence, details = [] }) =>
        h(
          "li",
          {},
          h("strong", {}, title),
          ": ",
          h("bdi", {}, sentence),
          details.length > 0 &&
            h(
              "ul",
              { class: "step-more" },
              details.map((line) => h("li", {}, h("bdi", {}, line))),
            ),
        ),
      ),
    ),
    [...new Set(unseen.map(({ fix = "" }) => fix))].map((fix) =>
      h("p", { class: "step-fix" }, h("bdi", {}, fix)),
    ),
  );
}

function hostedSections(report: HostedReportShape): (Element | false)[] {
  const extras = extrasLabel(report);
  return [
    extras !== undefined &&
      h(
        "p",
        { class: "report-extras" },
        h("button", { type: "button", class: "quiet", "data-action": "checkExtras" }, `${extras}…`),
      ),
  ];
}

/** Which of the authorization servers advertise support; each has its own steps above. */
function discoverySections({ authorizationServers }: DiscoveryReportShape): Element[] {
  if (authorizationServers.length === 0) return [];
  return [
    h(
      "section",
      { "aria-labelledby": "report-servers" },
      h("h2", { id: "report-servers" }, say`Authorization servers`),
      h(
        "ul",
        {},
        authorizationServers.map(({ issuer, supported }) =>
          h(
            "li",
            {},
            supported
              ? sayParts`${strong(issuer)}: advertises support of client metadata documents`
              : sayParts`${strong(issuer)}: does not advertise support of client metadata documents`,
          ),
        ),
      ),
    ),
  ];
}

function strong(text: string): Element {
  return h("strong", {}, h("bdi", {}, text));
}

function reportStep({
  title,
  state,
  sentence,
  fix,
  details = [],
}: HostedReportShape["steps"][number]): Element {
  return h(
    "li",
    { class: `report-step step-${state}` },
    h("span", { class: "step-state" }, STATES[state]()),
    h("h2", {}, title),
    h("p", {}, h("bdi", {}, sentence)),
    fix !== undefined && h("p", { class: "step-fix" }, h("bdi", {}, fix)),
    details.length > 0 &&
      h(
        "ul",
        { class: "step-more" },
        details.map((line) => h("li", {}, h("bdi", {}, line))),
      ),
  );
}
