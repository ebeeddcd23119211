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

  it("says why a browser could not take a step, and once where it can be taken", () => {
    const fix = "Run it on a desktop.";
    const html = draw({
      kind: "hosted",
      report: hostedReport({
        steps: [
          stepOf("url", "passed"),
          stepOf("tls", "skipped", { fix }),
          stepOf("cookies", "skipped", { fix }),
        ],
      }),
    });
    expect(html).toContain("Not visible in a browser");
    expect(html).toContain("<strong>The tls</strong>: <bdi>About tls.</bdi>");
    expect(html.split(fix)).toHaveLength(2);
    expect(html).not.toContain("Not looked at");
  });

  it("blames nobody where a browser showed nothing", () => {
    const steps = [stepOf("response", "skipped", { fix: "Run it on a desktop." }), stepOf("json", "skipped")];
    const html = draw({ kind: "hosted", report: hostedReport({ ok: false, steps }) });
    expect(html).not.toMatch(/is-failed|is-ok|is-warning/);
  });

  it.each([
    ["is-ok", true, "passed"],
    ["is-warning", true, "warning"],
    ["is-failed", false, "failed"],
  ] as const)("has the verdict on top, coloured %s by the worst step", (tone, ok, state) => {
    const summary = "1 of 17 authorization servers refuses it: Directus.";
    const html = draw({
      kind: "hosted",
      report: hostedReport({ ok, summary, steps: [stepOf("servers", state)] }),
    });
    expect(html).toContain(`<p class="report-summary ${tone}">${summary}`);
    expect(html.split("Directus")).toHaveLength(2);
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
