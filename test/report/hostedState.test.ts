import { describe, expect, it } from "vitest";
import { findClientId } from "../../client/src/hosted/clientId.js";
import { hostedProblems, hostedStateOf } from "../../client/src/hosted/hostedState.js";
import { hostOf, whyNotAskable } from "../../client/src/hosted/urls.js";
import { hostedReport, stepOf } from "./reports.js";

const LOCAL = '{"client_name":"Notes"}';
const REWRITTEN = '{ "client_name": "Notes" }';
const OTHER = '{"client_name":"Memos"}';

const served = (text: string) => ({ text, bytes: text.length });
const same = stepOf("drift", "passed");
const differs = stepOf("drift", "warning", { fix: "Deploy the local file." });
const broken = stepOf("tls", "failed");
const hidden = stepOf("response", "skipped", { fix: "Run it on a desktop." });

describe("the hosted state of a file", () => {
  it.each([
    ["never checked", undefined, LOCAL],
    ["in sync", { report: hostedReport({ document: served(LOCAL), steps: [same] }), text: LOCAL }, LOCAL],
    ["in sync", { report: hostedReport({ document: served(REWRITTEN), steps: [same] }), text: LOCAL }, LOCAL],
    ["differs", { report: hostedReport({ document: served(OTHER), steps: [differs] }), text: LOCAL }, LOCAL],
    ["changed", { report: hostedReport({ document: served(LOCAL), steps: [same] }), text: LOCAL }, OTHER],
    ["in sync", { report: hostedReport({ document: served(OTHER), steps: [differs] }), text: LOCAL }, OTHER],
    ["failing", { report: hostedReport({ ok: false, steps: [broken] }), text: LOCAL }, LOCAL],
    ["failing", { report: hostedReport({ ok: false, steps: [broken] }), text: LOCAL }, OTHER],
    ["unseen", { report: hostedReport({ ok: false, steps: [hidden] }), text: LOCAL }, LOCAL],
    ["unseen", { report: hostedReport({ ok: false, steps: [hidden] }), text: LOCAL }, OTHER],
  ] as const)("%s (%#)", (state, check, now) => {
    expect(hostedStateOf(check, now)).toBe(state);
  });
});

describe("what the Problems panel gets", () => {
  const report = (...steps: ReturnType<typeof stepOf>[]) => hostedReport({ steps });

  it("is what failed and what warned, with the fix", () => {
    const check = {
      report: report(
        stepOf("url", "passed"),
        stepOf("status", "failed", { fix: "Answer 200." }),
        stepOf("cache", "warning"),
        stepOf("json", "skipped"),
      ),
      text: LOCAL,
    };
    expect(hostedProblems(check, LOCAL)).toEqual([
      { id: "status", severity: "error", message: "Hosted The status: About status. Answer 200." },
      { id: "cache", severity: "warning", message: "Hosted The cache: About cache." },
    ]);
  });

  it("leaves out what the same file shows itself", () => {
    const document = stepOf("document", "failed");
    const ids = (...steps: ReturnType<typeof stepOf>[]) =>
      hostedProblems({ report: report(...steps), text: LOCAL }, LOCAL).map(({ id }) => id);
    expect(ids(document, same)).toEqual([]);
    expect(ids(document, differs)).toEqual(["document", "drift"]);
  });

  it("takes back the comparison with a text that is no more", () => {
    const check = { report: report(differs), text: LOCAL };
    expect(hostedProblems(check, LOCAL)).toHaveLength(1);
    expect(hostedProblems(check, REWRITTEN)).toEqual([]);
  });
});

describe("the client identifier URL of a text", () => {
  it("is found where the rest is broken, with its place", () => {
    const text = '{ "client_name": , "client_id" :\n "https:\\/\\/a.dev/c" ';
    const found = findClientId(text);
    expect(found?.value).toBe("https://a.dev/c");
    expect(text.slice(found?.start, found?.end)).toBe('"https:\\/\\/a.dev/c"');
  });

  it.each(["", "{}", '{"client_id": 1}', '{"client_id": "a\\x"}', '{"client_id": "a'])(
    "is none in %s",
    (text) => {
      expect(findClientId(text)).toBeUndefined();
    },
  );
});

describe("URLs of MCP servers", () => {
  it.each([
    "https://mcp.acme.dev/mcp",
    "http://localhost:8000/mcp",
    "http://notes.localhost/mcp",
    "http://127.0.0.1:8000",
    "http://127.1/",
    "http://[::1]:8000/",
  ])("%s may be asked", (url) => {
    expect(whyNotAskable(url)).toBeUndefined();
  });

  it.each([
    "http://mcp.acme.dev/mcp",
    "http://localhost.acme.dev/",
    "http://127.0.0.1.acme.dev/",
    "http://[::2]/",
    "ftp://127.0.0.1/",
    "javascript:alert(1)",
  ])("%s may not", (url) => {
    expect(whyNotAskable(url)).toMatch(/Write the URL with https:\/\//);
  });
});

it("a URL without a host stands for itself in messages", () => {
  expect(hostOf("https://a.dev:8443/x")).toBe("a.dev:8443");
  expect(hostOf("not a url")).toBe("not a url");
  expect(hostOf("mailto:a@b.dev")).toBe("mailto:a@b.dev");
});
