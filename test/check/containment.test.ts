import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { matchPattern, matchRedirectUri } from "../../server/src/api/matchRedirectUri.js";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { analyse } from "../../server/src/check/analyse.js";
import { codeActions } from "../../server/src/languageFeatures/codeActions.js";
import { hover } from "../../server/src/languageFeatures/hover.js";
import type { Rule } from "../../server/src/rules/rule.js";
import { RULES } from "../../server/src/rules/rules.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import { SERVERS } from "../../server/src/servers/servers.js";
import { buildConsentView } from "../../server/src/views/consent/buildConsentView.js";
import { fakeFetcher } from "../hosted/fakeFetcher.js";
import { viewOf } from "../views/compatibility/view.js";

const URL_ = "https://app.acme.dev/oauth/client.json";
const REDIRECT = "http://localhost/callback";
const TEXT = JSON.stringify({
  client_id: URL_,
  client_name: "Acme",
  redirect_uris: ["http://localhost:*/callback", REDIRECT],
  token_endpoint_auth_method: "none",
});
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 0, character: TEXT.length } };
const UNJUDGED = /could not judge/;

/** A profile that shares neither its first constraint nor its matcher. */
const BROKEN = "cloudflare-workers-oauth-provider";

function fault(): never {
  throw new RangeError("Maximum call stack size exceeded");
}

function profile(id: string): ServerProfile {
  const found = SERVERS.find((server) => server.id === id);
  if (!found) throw new Error(`There is no profile ${id}.`);
  return found;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a profile that throws", () => {
  const broken = profile(BROKEN);
  const others = SERVERS.length - 1;

  beforeEach(() => {
    const [constraint] = broken.constraints;
    if (!constraint || !broken.redirects) throw new Error(`${BROKEN} has constraints and a matcher.`);
    vi.spyOn(constraint, "check").mockImplementation(fault);
    vi.spyOn(broken.redirects, "matches").mockImplementation(fault);
  });

  it("is unknown in a check and reported, and the others are judged", () => {
    const failed: string[] = [];
    const { verdicts, findings } = analyse(TEXT, {
      servers: { mode: "default", verdicts: "all" },
      onServerFailure: ({ server }) => failed.push(server),
    });
    expect(failed).toEqual([BROKEN]);
    expect(findings.length).toBeGreaterThan(0);
    const own = verdicts.find(({ server }) => server === BROKEN);
    expect(own).toMatchObject({
      verdict: "unknown",
      reasons: [{ message: expect.stringMatching(UNJUDGED) }],
    });
    const judged = verdicts.filter(({ reasons }) => !reasons.some(({ message }) => UNJUDGED.test(message)));
    expect(judged).toHaveLength(others);
    expect(checkDocument(TEXT).verdicts).toHaveLength(others + 1);
  });

  it("is unknown in a match, and the others decide", () => {
    const decisions = matchRedirectUri(TEXT, REDIRECT);
    expect(decisions.find(({ server }) => server === BROKEN)).toMatchObject({ outcome: "unknown" });
    expect(decisions.filter(({ reason = "" }) => !UNJUDGED.test(reason))).toHaveLength(others);
    expect(matchPattern(BROKEN, REDIRECT, REDIRECT)).toBeUndefined();
  });

  it("is unknown in the report on a hosted document", async () => {
    const { fetcher } = fakeFetcher({ [URL_]: { body: TEXT } });
    const { verdicts } = await validateHosted(URL_, { fetcher });
    expect(verdicts.find(({ server }) => server === BROKEN)?.verdict).toBe("unknown");
    expect(verdicts.filter(({ verdict }) => verdict !== "unknown").length).toBeGreaterThan(10);
  });

  it("has a row in the compatibility view", () => {
    const { rows } = viewOf(TEXT);
    expect(rows).toHaveLength(others + 1);
    expect(rows.find(({ server }) => server.id === BROKEN)?.cells.loads.outcome).toBe("unknown");
  });

  it("has a consent screen", () => {
    const { document, findings } = analyse(TEXT, { servers: { mode: "none" } });
    const choices = { server: BROKEN, redirectIndex: 1 };
    const { screen, flow } = buildConsentView(document, findings, choices, SERVERS);
    expect(screen.server.id).toBe(BROKEN);
    expect(flow.length).toBeGreaterThan(0);
  });

  it("leaves fixes and hovers", async () => {
    const analysis = analyse(TEXT);
    expect((await codeActions(analysis, { uri: "file:///x", range: WHOLE })).length).toBeGreaterThan(0);
    const position = { line: 0, character: TEXT.indexOf("localhost:*") };
    expect(JSON.stringify(await hover(analysis, position))).toMatch(/unknown \(\d+\): Cloudflare/);
  });
});

describe("an older release that throws", () => {
  it("is not said to load the document", () => {
    const server = SERVERS.find(({ changes }) => changes?.[0]?.constraints[0]);
    const [change] = server?.changes ?? [];
    const own = new Set(server?.constraints);
    const constraint = change?.constraints.find((each) => !own.has(each));
    if (!server || !change || !constraint) throw new Error("No profile has an older release of its own.");
    vi.spyOn(constraint, "check").mockImplementation(fault);
    const text = JSON.stringify(viewOf(TEXT, [], [server]).rows);
    expect(text).toContain(`Before ${change.before}, nothing known of ${server.name} speaks against`);
    expect(text).not.toContain(`Before ${change.before}, ${server.name} loads`);
  });
});

describe("a rule that throws", () => {
  it("in its check costs its own problems only", () => {
    const before = analyse(TEXT).findings;
    const rule = RULES.find(({ id, check }) => check && before.some((finding) => finding.rule === id));
    if (!rule) throw new Error("No rule has a finding.");
    vi.spyOn(rule, "check").mockImplementation(fault);
    const failed: string[] = [];
    const { findings } = analyse(TEXT, { onRuleFailure: (failure) => failed.push(failure.rule) });
    expect(failed).toEqual([rule.id]);
    expect(findings.length).toBeGreaterThan(0);
  });

  it("in its fix costs that fix only", async () => {
    const broken = RULES.filter(({ fix }) => fix);
    for (const rule of broken) vi.spyOn(rule as Required<Rule>, "fix").mockImplementation(fault);
    const failed: string[] = [];
    const analysis = analyse(TEXT, { onRuleFailure: (failure) => failed.push(failure.rule) });
    const actions = await codeActions(analysis, { uri: "file:///x", range: WHOLE });
    expect(failed.length).toBeGreaterThan(0);
    expect(actions.some(({ title }) => title.includes("better on"))).toBe(true);
    expect(await codeActions(analysis, { uri: "file:///x", range: WHOLE, only: ["source.fixAll"] })).toEqual(
      [],
    );
  });
});
