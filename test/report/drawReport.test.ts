import { describe, expect, it } from "vitest";
import { drawReport } from "../../client/src/report/drawReport.js";
import type { ShownReport } from "../../client/src/report/reportView.js";
import { toHtml } from "../../client/src/webview/markup.js";
import { discoveryReport, hostedReport, stepOf } from "./reports.js";

const ONE = [{ id: 1, label: "14:03 · app.acme.dev · passes" }];
const TWO = [{ id: 2, label: "14:05 · app.acme.dev · fails" }, ...ONE];

const draw = (shown: ShownReport, runs = ONE, run = 1) => toHtml(drawReport({ shown, runs, run }));

describe("a hosted report", () => {
  it("shows what was reached with its fix and details, and names what was not", () => {
    const html = draw({
      kind: "hosted",
      report: hostedReport({
        ok: false,
        steps: [
          stepOf("status", "failed", { fix: "Answer 200.", details: ["fastmcp refuses it."] }),
          stepOf("json", "skipped"),
          stepOf("size", "skipped"),
        ],
      }),
    });
    expect(html).toContain("<h1>Hosted document</h1>");
    expect(html).toContain("step-failed");
    expect(html).toContain("Answer 200.");
    expect(html).toContain("fastmcp refuses it.");
    expect(html).toContain("Not looked at: The json, The size.");
    expect(html).not.toContain("About json.");
  });

  it("offers further checks only where the document gives reason", () => {
    expect(draw({ kind: "hosted", report: hostedReport() })).not.toContain("checkExtras");
    const html = draw({
      kind: "hosted",
      report: hostedReport({ extras: [{ id: "logo", hosts: ["cdn.acme.dev"] }] }),
    });
    expect(html).toContain('data-action="checkExtras">Also check the logo…</button>');
  });
});

describe("an MCP server's report", () => {
  it("says of each authorization server whether it advertises support", () => {
    const html = draw({
      kind: "discovery",
      report: discoveryReport({
        authorizationServers: [
          { issuer: "https://auth.acme.dev", supported: true },
          { issuer: "https://none.acme.dev", supported: false },
        ],
      }),
    });
    expect(html).toContain("<h1>MCP server</h1>");
    expect(html).toContain("is-ok");
    expect(html).toContain("https://auth.acme.dev</bdi></strong>: advertises support");
    expect(html).toContain("https://none.acme.dev</bdi></strong>: does not advertise support");
  });
});

describe("the choice of runs", () => {
  it("comes with the second run, and marks the one that is shown", () => {
    expect(draw({ kind: "hosted", report: hostedReport() })).not.toContain("<select");
    const html = draw({ kind: "hosted", report: hostedReport() }, TWO, 1);
    expect(html).toContain('<label for="runs">Run</label><select id="runs" data-run="" value="1">');
    expect(html).toContain('<option value="2">14:05 · app.acme.dev · fails</option>');
    expect(html).toContain('<option value="1" selected="">14:03 · app.acme.dev · passes</option>');
  });
});
