import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { describeFault } from "../../server/src/hosted/faults.js";
import type { FetchTrail } from "../../server/src/hosted/fetcher.js";
import { type FakeAnswer, fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

const URL_ = "https://app.acme.dev/client.json";
const GOOD = {
  headers: { "cache-control": "public, max-age=3600" },
  body: goodDocument(URL_, { redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"] }),
};
const TEXT = { ...GOOD, headers: { ...GOOD.headers, "content-type": "text/plain" } };

const check = (answer: FakeAnswer, options: Parameters<typeof validateHosted>[1] = {}) =>
  validateHosted(URL_, { fetcher: fakeFetcher({ [URL_]: answer }).fetcher, ...options });
const summaryOf = async (...given: Parameters<typeof check>) => (await check(...given)).summary;
const stepOf = async (id: string, ...given: Parameters<typeof check>) =>
  (await check(...given)).steps.find((step) => step.id === id);

describe("the verdict over a hosted report", () => {
  it("is that everything passes, where it does", async () => {
    expect(await summaryOf(GOOD, { servers: ["fastmcp"] })).toBe(
      "The document at app.acme.dev passes every check.",
    );
  });

  it("counts warnings, and the servers that refuse", async () => {
    expect(await summaryOf(TEXT, { servers: ["fastmcp"] })).toBe(
      "The document at app.acme.dev can be used, with one warning.",
    );
    expect(
      await summaryOf(
        { ...TEXT, headers: { "content-type": "text/plain", "set-cookie": "a=1" } },
        { servers: ["fastmcp"] },
      ),
    ).toBe("The document at app.acme.dev can be used, with 3 warnings.");
    expect(await summaryOf(TEXT)).toMatch(
      /^The document at app\.acme\.dev can be used, with one warning\. \d+ of \d+ authorization servers refuse it\.$/,
    );
  });

  it("names the steps that failed", async () => {
    expect(await summaryOf({ status: 404 })).toBe("The document at app.acme.dev fails at Status.");
    expect(await summaryOf(TEXT, { servers: ["better-auth", "fastmcp"] })).toBe(
      "The document at app.acme.dev fails at Authorization servers. 1 of 2 authorization servers refuses it: Better Auth.",
    );
  });

  it("fails a document that none of the counted servers takes, with whatever they are", async () => {
    const report = await check({ ...GOOD, body: goodDocument(URL_, { redirect_uris: [] }) });
    expect(report.ok).toBe(false);
    expect(report.summary).toMatch(/^The document at app\.acme\.dev fails at /);
  });

  it("agrees with the sums of its step and with the group that counts", async () => {
    const { summary, steps, verdicts } = await check(TEXT);
    const servers = steps.find(({ id }) => id === "servers");
    const [, refusing, asked] = /(\d+) of (\d+) authorization servers refuse it/.exec(summary) ?? [];
    expect(servers?.state).toBe("warning");
    expect(servers?.sentence).toMatch(
      new RegExp(`^Of the servers that many people meet: \\d+ of ${asked} work · .*${refusing} refuse · `),
    );
    expect(servers?.details?.filter((line) => line.includes(" refuses: "))).toHaveLength(Number(refusing));
    // A program gets them all.
    expect(verdicts.length).toBeGreaterThan(Number(asked));
  });

  it("counts the servers of the document's own audience", async () => {
    const body = goodDocument(URL_, { scope: "atproto", dpop_bound_access_tokens: true });
    const servers = await stepOf("servers", { ...GOOD, body });
    expect(servers?.details?.join(" ")).toContain("AT Protocol OAuth provider");
    expect(servers?.details?.join(" ")).not.toContain("FastMCP");
  });

  it("says that nobody else can fetch from a private address", async () => {
    const { fetcher } = fakeFetcher({ [URL_]: GOOD });
    const address = { address: "10.0.0.1", family: 4 as const, kind: "private", isPublic: false };
    const report = await validateHosted(URL_, {
      servers: ["fastmcp"],
      fetcher: async (request) => ({
        ...(await fetcher(request)),
        addresses: { resolvedBy: "system", list: [address], privateAllowed: true },
      }),
    });
    expect(report.summary).toBe(
      "The document at app.acme.dev can be read from here, and authorization servers must not fetch it: its address is private.",
    );
  });

  it("blames nobody where a browser showed nothing", async () => {
    const fault = { stage: "response", code: "not-visible" } as const;
    expect(await summaryOf({ fault })).toBe("This browser does not show the document at app.acme.dev.");
  });

  it("says nothing about servers where nothing answered", async () => {
    const fault = { stage: "connection", code: "connection-refused" } as const;
    const report = await check({ fault });
    expect(report.verdicts).toEqual([]);
    expect(report.steps.find(({ id }) => id === "servers")?.state).toBe("skipped");
  });
});

describe("what a report says", () => {
  it("is said once: no problem of the document repeats what servers do, and the other way round", async () => {
    const { steps } = await check({
      ...TEXT,
      body: goodDocument(URL_, { redirect_uris: ["http://localhost:*/callback"] }),
    });
    const lines = steps.flatMap(({ sentence, details = [] }) => [sentence, ...details]);
    expect(new Set(lines).size).toBe(lines.length);
    const elsewhere = steps.filter(({ id }) => !["servers", "cache"].includes(id));
    expect(JSON.stringify(elsewhere)).not.toMatch(/Better Auth|Refused by|oidc-provider/);
  });

  it("has one form of moments", async () => {
    const { steps } = await check(GOOD);
    const moments = JSON.stringify(steps).match(/\d{4}-\d\d-\d\d\S*( \S+ UTC)?/g) ?? [];
    expect(moments.length).toBeGreaterThan(1);
    for (const moment of moments) expect(moment).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  });
});

describe("what answers in front of the document", () => {
  const ELSEWHERE = /A data centre, where authorization servers are, may see another answer/;

  it.each([
    ["Cloudflare", 403, { "cf-mitigated": "challenge", server: "cloudflare" }],
    ["Cloudflare", 200, { "cf-mitigated": "challenge", "content-type": "text/html" }],
    ["AWS WAF", 202, { "x-amzn-waf-action": "challenge" }],
    ["Vercel", 429, { "x-vercel-id": "fra1::x", "x-vercel-mitigated": "challenge" }],
    ["DataDome", 403, { "x-datadome": "protected" }],
    ["Akamai", 403, { server: "AkamaiGHost" }],
    ["Imperva", 403, { "x-iinfo": "1-2-3" }],
  ] as const)("is named: %s with %i", async (name, status, headers) => {
    const step = await stepOf("status", { status, headers, body: "<!doctype html>" });
    expect(step).toMatchObject({
      state: "failed",
      sentence: `The answer is ${status} from ${name}'s bot protection instead of the document, and authorization servers are bots.`,
    });
    expect(step?.fix).toMatch(ELSEWHERE);
  });

  it("may treat a data centre otherwise, which is said of an answer that is fine", async () => {
    const step = await stepOf("status", { ...GOOD, headers: { ...GOOD.headers, "cf-ray": "8f" } });
    expect(step?.state).toBe("passed");
    expect(step?.details?.[0]).toMatch(/^The answer came through Cloudflare, which may challenge/);
    expect((await stepOf("status", GOOD))?.details).toBeUndefined();
  });

  it("is a login: a redirect to one, or a page with a password", async () => {
    const location = "https://acme.cloudflareaccess.com/cdn-cgi/access/x";
    expect((await stepOf("status", { status: 302, headers: { location } }))?.sentence).toBe(
      `The URL redirects (302) to a login page, ${location}, and documents are fetched anonymously.`,
    );
    expect(
      (await stepOf("status", { status: 302, headers: { location: `${URL_}/` } }))?.sentence,
    ).not.toContain("login");
    const page = '<!doctype html><form><input name="p" type="password"></form>';
    expect((await stepOf("json", { body: page }))?.sentence).toBe(
      "The body is a login page, not JSON, and documents are fetched anonymously.",
    );
  });

  it("is told from a 403 of unknown origin with the same advice", async () => {
    expect((await stepOf("status", { status: 403 }))?.fix).toMatch(ELSEWHERE);
  });
});

it("names the setting that lets a private address through, wherever one is refused", () => {
  const trail: FetchTrail = { url: URL_, durations: {} };
  for (const code of ["special-use-name", "non-public-name", "special-use-address"] as const) {
    const { fix } = describeFault({ stage: "addresses", code, detail: "x" }, trail);
    expect(fix).toContain("cimd.hosted.allowPrivateNetwork");
    expect(fix).toContain("--allow-private-network");
  }
});
