import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { type ExtraId, offeredExtras } from "../../server/src/hosted/extras.js";
import { type FakeAnswer, fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

const URL_ = "https://app.acme.dev/client.json";
const LOGO = "https://app.acme.dev/logo.png";
const KEYS = "https://app.acme.dev/jwks.json";
/** A PNG signature and an IHDR chunk for 512 by 256 pixels. */
const PNG = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0, 0, 0, 1, 0,
  8, 6, 0, 0, 0,
]);

async function extra(
  id: ExtraId,
  members: Readonly<Record<string, unknown>>,
  answers: Readonly<Record<string, FakeAnswer>> = {},
) {
  const { fetcher, requests } = fakeFetcher({ [URL_]: { body: goodDocument(URL_, members) }, ...answers });
  const report = await validateHosted(URL_, { fetcher, extras: [id], servers: "none" });
  return { step: report.steps.find((one) => one.id === id), requests };
}

it("nothing the document names is fetched unless a person asks", async () => {
  const { fetcher, requests } = fakeFetcher({
    [URL_]: {
      body: goodDocument(URL_, { logo_uri: LOGO, jwks_uri: KEYS, client_uri: "https://app.acme.dev/" }),
    },
  });
  await validateHosted(URL_, { fetcher });
  expect(requests.map(({ url }) => url)).toEqual([URL_]);
});

describe("the logo", () => {
  const CASES: readonly (readonly [
    name: string,
    uri: string,
    answer: FakeAnswer,
    state: string,
    sentence: RegExp,
  ])[] = [
    [
      "a PNG",
      LOGO,
      { headers: { "content-type": "image/png" }, body: PNG },
      "passed",
      /^image\/png, 512 × 256 pixels, 29 bytes\.$/,
    ],
    [
      "a web page",
      LOGO,
      { headers: { "content-type": "text/html" }, body: "<html>" },
      "warning",
      /^The logo's URL answers with text\/html, not with an image\.$/,
    ],
    ["404", LOGO, { status: 404 }, "warning", /^The logo's URL answers 404 instead of 200\.$/],
    [
      "a redirect",
      LOGO,
      { status: 302, headers: { location: "/x" } },
      "warning",
      /^The logo's URL answers 302 instead of 200\.$/,
    ],
    [
      "600 KB",
      LOGO,
      { headers: { "content-type": "image/png" }, body: new Uint8Array(600 * 1024) },
      "warning",
      /^The logo has more than 512 KB\.$/,
    ],
    [
      "another type",
      LOGO,
      { headers: { "content-type": "image/jpeg" }, body: PNG },
      "warning",
      /^The logo says image\/jpeg and is image\/png\.$/,
    ],
    [
      "bytes that are no image",
      LOGO,
      { headers: { "content-type": "image/png" }, body: "hello" },
      "warning",
      /^The logo says image\/png, and its bytes are no PNG, JPEG, GIF, WebP or SVG\.$/,
    ],
    [
      "a quiet SVG",
      LOGO,
      {
        headers: { "content-type": "image/svg+xml" },
        body: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
      },
      "warning",
      /^The logo is an SVG, which many servers do not show/,
    ],
    [
      "an SVG with a script",
      LOGO,
      {
        headers: { "content-type": "image/svg+xml" },
        body: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
      },
      "warning",
      /^The logo is an SVG with active content, which no server should show\.$/,
    ],
    [
      "plain http",
      "http://app.acme.dev/logo.png",
      {},
      "warning",
      /^logo_uri is not https, so servers that prefetch logos leave it out\.$/,
    ],
    [
      "a host that is not there",
      LOGO,
      { fault: { stage: "addresses", code: "name-not-found" } },
      "warning",
      /^The logo cannot be fetched: The name app\.acme\.dev does not exist in the DNS\.$/,
    ],
  ];
  for (const [name, uri, answer, state, sentence] of CASES) {
    it(name, async () => {
      const { step } = await extra("logo", { logo_uri: uri }, { [uri]: answer });
      expect(step?.sentence).toMatch(sentence);
      expect(step?.state).toBe(state);
    });
  }

  it("is skipped when there is none", async () => {
    expect((await extra("logo", {})).step).toMatchObject({ state: "skipped" });
  });
});

describe("the keys", () => {
  const publicKey = { kty: "EC", crv: "P-256", x: "a", y: "b", kid: "1", use: "sig" };
  const set = (...keys: unknown[]): FakeAnswer => ({ body: JSON.stringify({ keys }) });
  const CASES: readonly (readonly [name: string, answer: FakeAnswer, state: string, sentence: RegExp])[] = [
    ["a public key", set(publicKey), "passed", /^A JWK set with 1 key for signatures, no private members\.$/],
    [
      "a private key",
      set({ ...publicKey, d: "c" }),
      "failed",
      /^The JWK set publishes private or symmetric key material\.$/,
    ],
    [
      "a symmetric key",
      set({ kty: "oct", k: "c" }),
      "failed",
      /^The JWK set publishes private or symmetric key material\.$/,
    ],
    ["no keys", set(), "failed", /^The JWK set has no keys\.$/],
    [
      "only keys for encryption",
      set({ ...publicKey, use: "enc" }),
      "failed",
      /^The JWK set has no key that can verify a signature\.$/,
    ],
    [
      "an entry that is no object",
      set(publicKey, "x"),
      "failed",
      /^The JWK set has entries that are no objects\.$/,
    ],
    ["a single key", { body: JSON.stringify(publicKey) }, "failed", /there is no "keys" array\.$/],
    ["HTML", { body: "<html>" }, "failed", /^jwks_uri does not answer with JSON\.$/],
    ["a redirect", { status: 301 }, "failed", /^jwks_uri answers 301 instead of 200\.$/],
    [
      "13 KB",
      set({ ...publicKey, x5c: ["a".repeat(13_000)] }),
      "warning",
      /^The JWK set has \d+ bytes, more than the 12000 Auth0 reads\.$/,
    ],
    [
      "70 KB",
      set({ ...publicKey, x5c: ["a".repeat(70_000)] }),
      "failed",
      /^The JWK set has 65536 bytes or more, too much for Better Auth\.$/,
    ],
    [
      "a private address",
      { fault: { stage: "addresses", code: "special-use-address", detail: "10.0.0.1 is a private address" } },
      "failed",
      /^The keys cannot be fetched: app\.acme\.dev resolves to an address that authorization servers must not connect to: 10\.0\.0\.1 is a private address\.$/,
    ],
  ];
  for (const [name, answer, state, sentence] of CASES) {
    it(name, async () => {
      const { step } = await extra("jwks", { jwks_uri: KEYS }, { [KEYS]: answer });
      expect(step?.sentence).toMatch(sentence);
      expect(step?.state).toBe(state);
    });
  }

  it("names where private members are, and never their values", async () => {
    const { step } = await extra(
      "jwks",
      { jwks_uri: KEYS },
      { [KEYS]: set({ kty: "RSA", d: "SECRET", p: "SECRET" }) },
    );
    expect(step?.details).toEqual(["keys[0]: d, p"]);
    expect(JSON.stringify(step)).not.toContain("SECRET");
  });
});

describe("the links", () => {
  it("are opened without reading them, and missing ones are named", async () => {
    const members = {
      client_uri: "https://app.acme.dev/",
      tos_uri: "https://app.acme.dev/tos",
      policy_uri: "http://app.acme.dev/privacy",
    };
    const { step, requests } = await extra("links", members, {
      "https://app.acme.dev/": { status: 301 },
      "http://app.acme.dev/privacy": { fault: { stage: "url", code: "not-https", detail: "http" } },
    });
    expect(step).toMatchObject({
      state: "warning",
      sentence: "2 of 3 pages cannot be opened by everybody.",
      details: [
        "tos_uri: https://app.acme.dev/tos answers 404.",
        "policy_uri: http://app.acme.dev/privacy is not https and was not opened.",
      ],
    });
    expect(requests.slice(1).every(({ headersOnly }) => headersOnly)).toBe(true);
  });

  it("are fine when all are there", async () => {
    const { step } = await extra(
      "links",
      { client_uri: "https://app.acme.dev/" },
      { "https://app.acme.dev/": {} },
    );
    expect(step).toMatchObject({ state: "passed", sentence: "client_uri: the page is there." });
  });
});

describe("the hosts a person agreed to", () => {
  const members = {
    logo_uri: "https://cdn.acme.dev/logo.png",
    jwks_uri: KEYS,
    client_uri: "https://acme.dev/",
    tos_uri: "http://acme.dev/terms",
    policy_uri: "https://acme.dev/privacy",
  };

  it("are named before anything is asked; what is not https asks nobody", () => {
    expect(offeredExtras(goodDocument(URL_, members), URL_)).toEqual([
      { id: "logo", hosts: ["cdn.acme.dev"] },
      { id: "jwks", hosts: ["app.acme.dev"] },
      { id: "links", hosts: ["acme.dev"] },
    ]);
    expect(offeredExtras(goodDocument(URL_, { logo_uri: "http://acme.dev/" }), URL_)).toEqual([
      { id: "logo", hosts: [] },
    ]);
    expect(offeredExtras("[", URL_)).toEqual([]);
  });

  it("are the only ones asked, whatever the document names by then", async () => {
    const { fetcher, requests } = fakeFetcher({ [URL_]: { body: goodDocument(URL_, members) } });
    const { steps } = await validateHosted(URL_, {
      fetcher,
      servers: "none",
      extras: ["logo", "jwks"],
      extraHosts: ["app.acme.dev"],
    });
    expect(requests.map(({ url }) => url)).toEqual([URL_, KEYS]);
    expect(steps.find(({ id }) => id === "logo")).toMatchObject({
      state: "warning",
      sentence: "Not fetched: the document names cdn.acme.dev now, which nobody agreed to ask.",
    });
  });
});
