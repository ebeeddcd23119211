import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { type Element, h } from "../preview/markup.js";
import { cacheLines, stepTitle, summary, verdictGroups } from "./wording.js";

const STATES = { passed: "passed", failed: "failed", warning: "warning", skipped: "skipped" } as const;
const MAX_PROBLEMS = 50;

/**
 * Draws the report of a hosted check.
 *
 * @returns a tree without anything that runs, loads or navigates
 */
export function drawReport(report: HostedReportShape): Element {
  const problems = report.document?.problems ?? [];
  const groups = verdictGroups(report);
  const cache = cacheLines(report);
  const reached = report.steps.filter(({ state }) => state !== "skipped");
  const skipped = report.steps.filter(({ state }) => state === "skipped");
  return h(
    "div",
    { class: "report" },
    h(
      "header",
      { class: "masthead" },
      h("h1", {}, "Hosted document"),
      h(
        "div",
        { class: "tools" },
        h("button", { type: "button", class: "quiet", "data-action": "runAgain" }, "Run again"),
        h("button", { type: "button", class: "quiet", "data-action": "copyMarkdown" }, "Copy as Markdown"),
      ),
    ),
    h("p", { class: "report-url" }, h("code", {}, h("bdi", {}, report.url))),
    h(
      "p",
      { class: report.ok ? "report-summary is-ok" : "report-summary is-failed" },
      summary(report),
      h("span", { class: "report-time" }, ` ${report.startedAt} · ${Math.round(report.durationMs)} ms`),
    ),
    h(
      "main",
      {},
      h("ol", { class: "report-steps" }, reached.map(reportStep)),
      skipped.length > 0 &&
        h(
          "p",
          { class: "report-skipped" },
          "Not looked at: ",
          skipped.map(({ id }, at) => (at === 0 ? stepTitle(id) : `, ${stepTitle(id)}`)),
          ".",
        ),
      problems.length > 0 &&
        h(
          "section",
          { "aria-labelledby": "report-problems" },
          h("h2", { id: "report-problems" }, "Problems in the served document"),
          h(
            "ul",
            { class: "report-problems" },
            problems
              .slice(0, MAX_PROBLEMS)
              .map(({ rule, severity, message }) =>
                h(
                  "li",
                  { class: `problem severity-${severity}` },
                  h("strong", {}, severity),
                  " ",
                  h("code", {}, rule),
                  " ",
                  h("bdi", {}, message),
                ),
              ),
            problems.length > MAX_PROBLEMS && h("li", {}, `… and ${problems.length - MAX_PROBLEMS} more.`),
          ),
        ),
      groups.length > 0 &&
        h(
          "section",
          { "aria-labelledby": "report-servers" },
          h("h2", { id: "report-servers" }, "Authorization servers"),
          groups.map(({ title, servers }) =>
            h(
              "div",
              {},
              h("h3", {}, title),
              h(
                "ul",
                {},
                servers.map(({ server, why }) =>
                  h("li", {}, h("strong", {}, server), why !== "" && [": ", h("bdi", {}, why)]),
                ),
              ),
            ),
          ),
        ),
      cache.length > 0 &&
        h(
          "section",
          { "aria-labelledby": "report-cache" },
          h("h2", { id: "report-cache" }, "How long copies live"),
          h(
            "ul",
            {},
            cache.map((line) => h("li", {}, line)),
          ),
        ),
    ),
  );
}

function reportStep({ id, state, sentence, fix, details = [] }: HostedReportShape["steps"][number]): Element {
  return h(
    "li",
    { class: `report-step step-${state}` },
    h("span", { class: "step-state" }, STATES[state]),
    h("h2", {}, stepTitle(id)),
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
