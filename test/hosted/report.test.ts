import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { toMarkdown } from "../../server/src/hosted/markdown.js";
import { plainLines } from "../../server/src/hosted/plainText.js";
import { STEP_IDS, type Step } from "../../server/src/hosted/report.js";
import { stageStep } from "../../server/src/hosted/steps/exchange.js";
import { type FakeAnswer, fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

const URL_ = "https://app.acme.dev/client.json";
const GOOD = { headers: { "cache-control": "public, max-age=3600" }, body: goodDocument(URL_) };

const check = (answer: FakeAnswer, options: Parameters<typeof validateHosted>[1] = {}) =>
  validateHosted(URL_, { fetcher: fakeFetcher({ [URL_]: answer }).fetcher, ...options });

describe("a report", () => {
  it("is plain data", async () => {
    const report = await check(GOOD);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.ok).toBe(true);
    expect(report.document).toMatchObject({
      text: GOOD.body,
      bytes: GOOD.body.length,
      wireBytes: GOOD.body.length,
    });
  });

  it("has its steps in the order a server meets them, and tells each as it comes", async () => {
    const told: Step[] = [];
    const report = await check({ status: 404 }, { onStep: (step) => told.push(step) });
    const order = report.steps.map(({ id }) => STEP_IDS.indexOf(id));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(report.steps.map(({ id }) => id)));
    expect(report.steps.find(({ id }) => id === "json")).toMatchObject({
      state: "skipped",
      sentence: "Not looked at: Status failed.",
    });
  });

  it("refuses an unknown server before it fetches", async () => {
    const { fetcher, requests } = fakeFetcher({ [URL_]: GOOD });
    await expect(validateHosted(URL_, { fetcher, servers: ["nobody"] })).rejects.toThrow(
      /No authorization server or group is called "nobody"/,
    );
    expect(requests).toEqual([]);
  });

  it("holds the timeout between 1 and 60 seconds", async () => {
    for (const [given, held] of [
      [0, 1000],
      [-5, 1000],
      [0.5, 1000],
      [10, 10_000],
      [1e9, 60_000],
      [Number.NaN, 10_000],
      [undefined, 10_000],
    ] as const) {
      const { fetcher, requests } = fakeFetcher({ [URL_]: GOOD });
      await validateHosted(URL_, { fetcher, timeoutSeconds: given });
      expect(requests[0]?.limits.totalMs).toBe(held);
    }
  });

  it("says which servers a wrong content type, size or status keeps away", async () => {
    const type = await check({ ...GOOD, headers: { ...GOOD.headers, "content-type": "text/plain" } });
    expect(type.verdicts.find(({ server }) => server === "better-auth")).toMatchObject({
      verdict: "refuses",
      reasons: expect.arrayContaining([
        {
          stage: "fetch",
          effect: "blocks",
          rule: "remote/content-type",
          message: "Accepts only Content-Type application/json or application/*+json, not text/plain.",
        },
      ]),
    });
    expect(type.verdicts.find(({ server }) => server === "fastmcp")?.verdict).toBe("accepts");
    expect(type.ok).toBe(true);

    const moved = await check({ status: 301, headers: { location: "https://www.acme.dev/client.json" } });
    expect(moved.verdicts.find(({ server }) => server === "fastmcp")).toMatchObject({ verdict: "refuses" });
    expect(moved.verdicts.find(({ server }) => server === "cloudflare-workers-oauth-provider")).toMatchObject(
      { verdict: "unknown" },
    );
  });

  it("fails for a target that refuses", async () => {
    const answer = { ...GOOD, headers: { ...GOOD.headers, "content-type": "text/plain" } };
    expect((await check(answer, { servers: ["fastmcp"] })).ok).toBe(true);
    const targeted = await check(answer, { servers: ["better-auth"] });
    expect(targeted.ok).toBe(false);
    expect(targeted.steps.find(({ id }) => id === "servers")).toMatchObject({
      state: "failed",
      sentence: "Of the servers you target: 0 of 1 work · 1 refuses.",
    });
  });

  it("tells until when servers may keep the copy", async () => {
    const { cache, startedAt } = await check({ ...GOOD, headers: { "cache-control": "max-age=864000" } });
    const later = (seconds: number) => new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
    expect(cache).toMatchObject({ freshSeconds: 864_000, freshUntil: later(864_000) });
    expect(cache?.servers).toContainEqual({
      server: "fastmcp",
      name: "FastMCP",
      seconds: 864_000,
      until: later(864_000),
      stale: "refused",
    });
    expect(cache?.servers.find(({ server }) => server === "better-auth")).toMatchObject({
      seconds: 3600,
      stale: "refused",
    });
  });

  it("says what a server that asks again gets", async () => {
    const cacheDetails = async (headers: Readonly<Record<string, string>>) =>
      (await check({ ...GOOD, headers: { ...GOOD.headers, ...headers } })).steps.find(
        ({ id }) => id === "cache",
      )?.details;
    const whole =
      "There is neither ETag nor Last-Modified, so a server that asks again gets the whole document again.";
    expect(await cacheDetails({})).toContain(whole);
    expect(await cacheDetails({ etag: '"1"' })).not.toContain(whole);
  });

  it("compares with the local text", async () => {
    const drift = async (localText: string) =>
      (await check(GOOD, { localText })).steps.find(({ id }) => id === "drift");
    expect(await drift(GOOD.body)).toMatchObject({ state: "passed" });
    expect(await drift(JSON.stringify(JSON.parse(GOOD.body), undefined, 4))).toMatchObject({
      state: "passed",
      sentence: "The hosted document has the same members as the local file; only the writing differs.",
    });
    expect(
      await drift(
        goodDocument(URL_, {
          redirect_uris: ["http://127.0.0.1/other"],
          tos_uri: "https://app.acme.dev/tos",
        }),
      ),
    ).toMatchObject({
      state: "warning",
      details: ["redirect_uris: differs, which decides who may sign in", "tos_uri: only in the local file"],
    });
    expect(await drift("{")).toMatchObject({
      state: "warning",
      sentence: "The hosted document is not the local file.",
    });
  });
});

describe("a report as text", () => {
  it("has one line for each step, its fix and its details", async () => {
    const report = await check({ status: 404 });
    const text = `${plainLines(report.steps).join("\n")}\n`;
    expect(text).toContain(
      "✗ Status: The answer is 404: there is no document at this URL.\n    → Deploy the document, and check path and spelling.\n",
    );
    expect(text).toMatch(/- Not looked at: .*JSON.*\.\n$/);
  });
});

describe("a report as Markdown", () => {
  it("keeps text from the network literal", async () => {
    const location = "https://evil.example/![x](https://evil.example/p.png)<img src=x>|`a`*b*@everyone";
    const markdown = toMarkdown(await check({ status: 302, headers: { location } }));
    expect(markdown).not.toMatch(/[^\\]!\[|<img|\]\(https:\/\/|[^\\]\*b|[^\\]`a|@everyone/);
    for (const line of markdown
      .split("\n")
      .filter((one) => one.startsWith("| ") && !one.startsWith("| ---"))) {
      expect(line.replace(/\\\|/g, "").match(/\|/g)).toHaveLength(4);
    }
  });

  it("shows every step", async () => {
    const report = await check(GOOD);
    const markdown = toMarkdown(report);
    for (const { title } of report.steps) expect(markdown).toContain(`| ${title} |`);
    expect(markdown).toContain(report.summary);
    expect(markdown).toContain("Better Auth");
  });
});

describe("the TLS step", () => {
  it("tells an authority that only this machine knows from a public one", () => {
    const now = new Date("2026-11-23T00:00:00Z");
    const certificate = {
      subject: "app.acme.dev",
      issuer: "Acme Inspection CA",
      names: ["app.acme.dev"],
      validFrom: new Date("2026-11-01"),
      validTo: new Date("2027-11-01"),
      selfSigned: false,
    };
    const root = { ...certificate, subject: "Acme Inspection CA", selfSigned: true };
    const trail = { url: URL_, durations: { tls: 12 }, certificates: [certificate, root] };
    expect(stageStep("tls", { ...trail, tls: { protocol: "TLSv1.3", trust: "machine" } }, now)).toMatchObject(
      {
        state: "warning",
        sentence:
          'The certificate was issued by "Acme Inspection CA", which this machine trusts and the public list of authorities does not have.',
      },
    );
    expect(stageStep("tls", { ...trail, tls: { protocol: "TLSv1.3", trust: "public" } }, now)).toMatchObject({
      state: "passed",
      sentence: 'TLSv1.3, certificate issued by "Acme Inspection CA", valid until 2027-11-01.',
      durationMs: 12,
    });
  });
});
