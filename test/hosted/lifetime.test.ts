import { describe, expect, it } from "vitest";
import type { ResponseFacts } from "../../server/src/hosted/fetcher.js";
import { freshSeconds, readCacheHeaders, serverSeconds } from "../../server/src/hosted/lifetime.js";
import type { CachePolicy } from "../../server/src/servers/profile.js";

const NOW = new Date("2026-11-23T12:00:00Z");

function response(headers: Readonly<Record<string, string>>): ResponseFacts {
  return {
    status: 200,
    headers: new Map(
      Object.entries({ date: NOW.toUTCString(), ...headers }).map(([name, value]) => [name, [value]]),
    ),
    informational: [],
  };
}

/** The policies of the research table on what cache headers mean, in the profiles' notation. */
const FASTMCP: CachePolicy = {
  fallback: 3600,
  honours: ["max-age", "Expires", "no-store", "no-cache", "ETag"],
  stale: "kept",
};
const PANVA: CachePolicy = {
  minimum: 30,
  fallback: 30,
  maximum: 86_400,
  honours: ["max-age", "Expires"],
  stale: "refused",
};
const KEYCLOAK: CachePolicy = {
  minimum: 300,
  fallback: 300,
  maximum: 259_200,
  honours: ["s-maxage", "max-age", "no-cache", "no-store"],
  stale: "refused",
};
const BETTER_AUTH: CachePolicy = {
  fallback: 3600,
  maximum: 3600,
  honours: ["s-maxage", "max-age", "no-cache", "no-store", "private", "Vary: *", "Expires", "Age"],
  stale: "refused",
};
const CLOUDFLARE: CachePolicy = {
  fallback: 0,
  maximum: 604_800,
  honours: ["s-maxage", "max-age", "no-cache", "no-store", "private"],
  stale: "refused",
};
const ATPROTO: CachePolicy = { fallback: 600, maximum: 600, honours: [], stale: "unknown" };

const CASES: readonly {
  readonly headers: Readonly<Record<string, string>>;
  readonly rfc9111: number;
  readonly fastmcp: number;
  readonly panva: number;
  readonly keycloak: number;
  readonly betterAuth: number;
  readonly cloudflare: number;
}[] = [
  {
    headers: { "cache-control": "public, max-age=600" },
    rfc9111: 600,
    fastmcp: 600,
    panva: 600,
    keycloak: 600,
    betterAuth: 600,
    cloudflare: 600,
  },
  {
    headers: { "cache-control": "max-age=31536000" },
    rfc9111: 31_536_000,
    fastmcp: 31_536_000,
    panva: 86_400,
    keycloak: 259_200,
    betterAuth: 3600,
    cloudflare: 604_800,
  },
  {
    headers: { "cache-control": "max-age=10" },
    rfc9111: 10,
    fastmcp: 10,
    panva: 30,
    keycloak: 300,
    betterAuth: 10,
    cloudflare: 10,
  },
  {
    headers: { "cache-control": "max-age=600, s-maxage=1200" },
    rfc9111: 1200,
    fastmcp: 600,
    panva: 600,
    keycloak: 1200,
    betterAuth: 1200,
    cloudflare: 1200,
  },
  {
    headers: { "cache-control": "no-store" },
    rfc9111: 0,
    fastmcp: 0,
    panva: 30,
    keycloak: 300,
    betterAuth: 0,
    cloudflare: 0,
  },
  {
    headers: { "cache-control": "no-cache, max-age=600" },
    rfc9111: 0,
    fastmcp: 0,
    panva: 600,
    keycloak: 300,
    betterAuth: 0,
    cloudflare: 0,
  },
  {
    headers: { "cache-control": "private, max-age=600" },
    rfc9111: 0,
    fastmcp: 600,
    panva: 600,
    keycloak: 600,
    betterAuth: 0,
    cloudflare: 0,
  },
  {
    headers: { expires: "Mon, 23 Nov 2026 12:20:00 GMT" },
    rfc9111: 1200,
    fastmcp: 1200,
    panva: 1200,
    keycloak: 300,
    betterAuth: 1200,
    cloudflare: 0,
  },
  {
    headers: { expires: "0" },
    rfc9111: 0,
    fastmcp: 0,
    panva: 30,
    keycloak: 300,
    betterAuth: 0,
    cloudflare: 0,
  },
  { headers: {}, rfc9111: 0, fastmcp: 3600, panva: 30, keycloak: 300, betterAuth: 3600, cloudflare: 0 },
  {
    headers: { "cache-control": "max-age=600", age: "100" },
    rfc9111: 500,
    fastmcp: 600,
    panva: 600,
    keycloak: 600,
    betterAuth: 500,
    cloudflare: 600,
  },
  {
    headers: { "cache-control": "max-age=600", vary: "*" },
    rfc9111: 0,
    fastmcp: 600,
    panva: 600,
    keycloak: 600,
    betterAuth: 0,
    cloudflare: 600,
  },
];

describe("how long an answer is kept", () => {
  for (const { headers, rfc9111, ...servers } of CASES) {
    it(JSON.stringify(headers), () => {
      const read = readCacheHeaders(response(headers), NOW);
      expect(freshSeconds(response(headers))).toBe(rfc9111);
      expect({
        fastmcp: serverSeconds(FASTMCP, read),
        panva: serverSeconds(PANVA, read),
        keycloak: serverSeconds(KEYCLOAK, read),
        betterAuth: serverSeconds(BETTER_AUTH, read),
        cloudflare: serverSeconds(CLOUDFLARE, read),
      }).toEqual(servers);
      expect(serverSeconds(ATPROTO, read)).toBe(600);
    });
  }

  it("reads directives as RFC 9111 writes them", () => {
    const { directives } = readCacheHeaders(
      response({ "cache-control": 'Public, MAX-AGE="60", max-age=5, no-cache="set-cookie"' }),
      NOW,
    );
    expect([...directives]).toEqual([
      ["public", ""],
      ["max-age", "60"],
      ["no-cache", "set-cookie"],
    ]);
  });
});
