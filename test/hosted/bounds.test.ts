import { describe, expect, it } from "vitest";
import { boundedResult, MOST_BYTES } from "../../server/src/api/bounded.js";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { driftStep } from "../../server/src/hosted/steps/drift.js";
import type { Problem } from "../../server/src/rules/problem.js";
import type { Verdict } from "../../server/src/servers/profile.js";
import { fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

const URL_ = "https://app.acme.dev/client.json";
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

async function report(body: string, localText = "{}") {
  const { fetcher } = fakeFetcher({ [URL_]: { body } });
  return validateHosted(URL_, { fetcher, servers: ["fastmcp", "oidc-provider"], localText });
}

/** As large as an answer that is read to its end. */
const LARGE = 1_000_000;

describe("a hosted report", () => {
  it.each<[string, string]>([
    ["quotation marks", '"'.repeat(LARGE)],
    ["control characters", "\u0001".repeat(LARGE)],
    ["open brackets", "[".repeat(LARGE)],
    ["a long member name", JSON.stringify({ client_id: URL_, ["a".repeat(LARGE)]: { b: 1 } })],
    ["a long value", goodDocument(URL_, { client_name: "a".repeat(LARGE) })],
    ["another client_id", JSON.stringify({ client_id: `https://${"a".repeat(LARGE)}/${"b".repeat(9)}` })],
    ["many members", `{${Array.from({ length: 50_000 }, (_, at) => `"m${at}":1`).join()}}`],
    [
      "many redirects",
      goodDocument(URL_, { redirect_uris: Array.from({ length: 5000 }, (_, at) => `https://a.dev/*${at}`) }),
    ],
  ])("of %s has a size that can be sent, and its sentences can be read", async (_, body) => {
    const made = await report(body);
    expect(bytes(made)).toBeLessThan(MOST_BYTES);
    for (const { sentence, fix = "", details = [] } of made.steps) {
      expect(
        Math.max(sentence.length, fix.length, ...details.map(({ length }) => length)),
      ).toBeLessThanOrEqual(1000);
      expect(details.length).toBeLessThanOrEqual(101);
    }
    for (const { reasons, signIn } of made.verdicts) {
      expect(reasons.length).toBeLessThanOrEqual(100);
      expect(signIn.length).toBeLessThanOrEqual(100);
    }
  });

  it("says where the text is only its beginning", async () => {
    const { document } = await report("\u0001".repeat(LARGE));
    expect(document).toMatchObject({ isTextCut: true, bytes: LARGE });
    expect((await report(goodDocument(URL_))).document).not.toHaveProperty("isTextCut");
  });

  it("says how much of a list it leaves out", async () => {
    const { steps } = await report(`{${Array.from({ length: 500 }, (_, at) => `"m${at}":1`).join()}}`);
    const details = steps.find(({ id }) => id === "drift")?.details ?? [];
    expect(details).toHaveLength(101);
    expect(details.at(-1)).toBe("… and 400 more.");
  });
});

describe("a comparison", () => {
  const deep = (end: string) => `{"x":${"[".repeat(5000)}${end}${"]".repeat(5000)}}`;

  it.each([
    ["values of 5,000 levels that are the same", deep("1"), ` ${deep("1")}`, "passed"],
    ["values of 5,000 levels that differ at the end", deep("1"), deep("2"), "warning"],
    ["members in another order", '{"a":{"b":1,"c":[2]},"d":3}', '{"d":3,"a":{"c":[2],"b":1}}', "passed"],
    ["lists in another order", '{"a":[1,2]}', '{"a":[2,1]}', "warning"],
    ["a list and an object", '{"a":["b"]}', '{"a":{"0":"b"}}', "warning"],
    ["a member less", '{"a":{"b":1}}', '{"a":{"b":1,"c":1}}', "warning"],
    ["another member", '{"a":{"b":1}}', '{"a":{"toString":1}}', "warning"],
    ["a member __proto__", '{"a":{"__proto__":{"b":1}}}', '{"a":{"__proto__":{"b":2}}}', "warning"],
    ["null and an object", '{"a":null}', '{"a":{}}', "warning"],
  ])("of %s", (_, hosted, local, state) => {
    expect(driftStep(hosted, local).state).toBe(state);
  });
});

describe("a bounded result", () => {
  const problem = (message: string, pointer = ""): Problem => ({
    rule: "client-name/missing",
    severity: "warning",
    message,
    pointer,
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  });
  const verdict = (count: number, text: string): Verdict => ({
    server: "fastmcp",
    version: "1",
    verdict: "refuses",
    reasons: Array.from({ length: count }, (_, at) => ({
      stage: "document" as const,
      effect: at === count - 1 ? ("blocks" as const) : ("note" as const),
      rule: "client-name/missing",
      message: text,
    })),
    signIn: Array.from({ length: count }, () => ({ entry: text, outcome: "works" as const })),
  });

  it("is the result, where that has a usual size", () => {
    const result = { problems: [problem("It has no name.")], verdicts: [verdict(100, "https://a.dev/cb")] };
    expect(boundedResult(result)).toEqual(result);
  });

  it("has what refuses first, and counts the others", () => {
    const { verdicts } = boundedResult({
      problems: [],
      verdicts: [{ ...verdict(150, "a"), omitted: { reasons: 1, signIn: 2 } }],
    });
    expect(verdicts[0]?.omitted).toEqual({ reasons: 51, signIn: 52 });
    expect(verdicts[0]?.reasons[0]?.effect).toBe("blocks");
    expect(verdicts[0]?.reasons).toHaveLength(100);
  });

  it.each(["a", "\u0001", "\u202e", "€", "😀"])("of ever more %j stays within its size", (character) => {
    const text = character.repeat(5000);
    const result = boundedResult({
      problems: Array.from({ length: 5000 }, () => problem(text, text)),
      verdicts: Array.from({ length: 60 }, () => verdict(1000, text)),
    });
    expect(bytes(result)).toBeLessThanOrEqual(MOST_BYTES);
    expect(result.problems.length + (result.omittedProblems ?? 0)).toBe(5000);
  });
});
