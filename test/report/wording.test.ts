import { describe, expect, it } from "vitest";
import { discoverySummary, extrasLabel, runLabel } from "../../client/src/report/wording.js";
import { discoveryReport, hostedReport, stepOf } from "./reports.js";

/** What a browser cannot see, and somebody else can. */
const HIDDEN = stepOf("tls", "skipped", { fix: "Run it on a desktop." });

describe("the sentence over an MCP server's report", () => {
  const none = { issuer: "https://none.acme.dev", supported: false, usable: false };

  it("names only the authorization servers that advertise support", () => {
    const { authorizationServers } = discoveryReport();
    expect(discoverySummary(discoveryReport({ authorizationServers: [none, ...authorizationServers] }))).toBe(
      "mcp.acme.dev accepts client metadata documents: auth.acme.dev advertises support.",
    );
  });

  it("names those that do not where none does", () => {
    expect(
      discoverySummary(discoveryReport({ authorizationServers: [none], supported: false, usable: false })),
    ).toBe(
      "mcp.acme.dev does not accept client metadata documents, as far as it says: none.acme.dev does not advertise support.",
    );
  });

  it("names what keeps clients from using what is advertised", () => {
    const report = discoveryReport({
      usable: false,
      steps: [stepOf("pkce", "failed"), stepOf("method", "failed"), stepOf("clients", "failed")],
    });
    expect(discoverySummary(report)).toBe(
      "auth.acme.dev advertises client metadata documents for mcp.acme.dev, but clients will not use them: The pkce, The method.",
    );
  });

  it("says what stood in the way where nothing was found out", () => {
    const report = discoveryReport({
      authorizationServers: [],
      supported: false,
      usable: false,
      steps: [stepOf("probe", "failed")],
    });
    expect(discoverySummary(report)).toBe(
      "Whether mcp.acme.dev accepts client metadata documents could not be found out: The probe failed.",
    );
  });
});

describe("the history's lines", () => {
  it.each([
    [{ kind: "hosted", report: hostedReport() }, "app.acme.dev · passes"],
    [
      { kind: "hosted", report: hostedReport({ steps: [stepOf("cache", "warning")] }) },
      "app.acme.dev · 1 warning",
    ],
    [
      { kind: "hosted", report: hostedReport({ ok: false, steps: [stepOf("tls", "failed")] }) },
      "app.acme.dev · fails",
    ],
    [
      { kind: "hosted", report: hostedReport({ ok: false, steps: [HIDDEN] }) },
      "app.acme.dev · not visible here",
    ],
    [{ kind: "discovery", report: discoveryReport() }, "mcp.acme.dev · supports CIMD"],
    [
      { kind: "discovery", report: discoveryReport({ supported: false, usable: false }) },
      "mcp.acme.dev · no CIMD support found",
    ],
  ] as const)("%#", (shown, rest) => {
    const label = runLabel(shown);
    expect(label.endsWith(` · ${rest}`)).toBe(true);
    expect(label).toMatch(/^2026-11-23 14:03 UTC · /);
  });
});

describe("the offer to check more", () => {
  const offer = (...ids: ("logo" | "jwks" | "links")[]) =>
    extrasLabel(hostedReport({ extras: ids.map((id) => ({ id, hosts: ["cdn.acme.dev"] })) }));

  it("names what there is", () => {
    expect(offer()).toBeUndefined();
    expect(offer("jwks")).toBe("Also check the keys");
    expect(offer("logo", "links")).toBe("Also check the logo and the links");
    expect(offer("logo", "jwks", "links")).toBe("Also check the logo, the keys and the links");
  });
});
