import { isLoopbackHost, isLoopbackIP, isPublicRoutableHost } from "@better-auth/core/utils/host";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { betterAuth, betterAuthMcp } from "../../server/src/servers/better-auth/better-auth.js";
import * as hosts from "../../server/src/servers/better-auth/hosts.js";
import { evaluate, match } from "../../server/src/servers/evaluate.js";
import {
  disagreement,
  refusingConstraints,
  rulesOf,
  unreached,
  urlOf,
  without,
} from "./support/agreement.js";
import { DOCUMENT_URL, documents, hostname, uri, uriPair } from "./support/betterAuthAtprotoDocuments.js";
import { BETTER_AUTH_ORIGIN, BetterAuthEngine } from "./support/betterAuthEngine.js";
import {
  BETTER_AUTH_ACCEPTED,
  BETTER_AUTH_MCP_PROOFS,
  BETTER_AUTH_PROOFS,
  BETTER_AUTH_RULES,
  betterAuthDocument,
} from "./support/betterAuthProofs.js";
import { assertionKey } from "./support/clientAssertions.js";
import { type DocumentCase, documentCase } from "./support/documents.js";
import { runs, timeout } from "./support/runs.js";

const DOCUMENTS = 1600;
const PAIRS = 2000;
const OUTCOMES = 400;

const around = documents([
  { redirect_uris: ["http://localhost/cb", "https://app.acme.dev/cb"], client_name: "Acme" },
  {
    redirect_uris: ["https://app.acme.dev/cb"],
    client_name: "Acme",
    application_type: "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "private_key_jwt",
    jwks_uri: "https://app.acme.dev/jwks.json",
  },
  {
    redirect_uris: ["dev.acme.app:/cb"],
    client_name: "Acme",
    application_type: "native",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [{ kty: "EC", crv: "P-256", x: "AA", y: "AA" }] },
  },
  { grant_types: ["client_credentials"], client_name: "Acme" },
]);
const anyDocument = fc.oneof({ arbitrary: around, weight: 3 }, { arbitrary: documentCase, weight: 1 });

const engine = new BetterAuthEngine();
const mcpEngine = new BetterAuthEngine("mcp-2026-07-28");

function evaluated({ text, url }: DocumentCase) {
  return evaluate(new ClientMetadataDocument(text, { url }), betterAuth);
}

describe.each([
  { profile: betterAuth, server: engine },
  { profile: betterAuthMcp, server: mcpEngine },
])("$profile.name loads documents as the profile says", ({ profile, server }) => {
  it(
    "generated ones, with the same words",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyDocument, async (input) => {
          expect(disagreement(profile, input, await server.load(urlOf(input), input.text))).toBeUndefined();
        }),
        runs(DOCUMENTS),
      );
    },
    timeout(DOCUMENTS),
  );

  it("has a generator that reaches every refusing constraint", () => {
    expect(unreached(profile, fc.sample(anyDocument, { numRuns: 6000, seed: 7 }))).toEqual([]);
  });
});

describe("the constraints of Better Auth's profile", () => {
  const own = Object.keys(BETTER_AUTH_PROOFS);
  const added = Object.keys(BETTER_AUTH_MCP_PROOFS);

  it("have a proof each, and there is none for anything else", () => {
    expect(own.sort()).toEqual(refusingConstraints(betterAuth).sort());
    const first = own.filter((id) => id !== "redirect-uris-missing");
    expect([...first, ...added].sort()).toEqual(refusingConstraints(betterAuthMcp).sort());
  });

  it.each([
    ...Object.entries(BETTER_AUTH_PROOFS).map(([id, proofs]) => ({
      id,
      proofs,
      profile: betterAuth,
      server: engine,
    })),
    ...Object.entries(BETTER_AUTH_MCP_PROOFS).map(([id, proofs]) => ({
      id,
      proofs,
      profile: betterAuthMcp,
      server: mcpEngine,
    })),
  ])("are needed: $id", async ({ id, proofs, profile, server }) => {
    for (const proof of proofs) {
      const answer = await server.load(urlOf(proof), proof.text);
      expect(answer.loads, proof.text).toBe(false);
      expect(disagreement(profile, proof, answer)).toBeUndefined();
      expect(disagreement(without(profile, id), proof, answer), proof.text).toBeDefined();
    }
    expect(rulesOf(profile, id, proofs)).toEqual(BETTER_AUTH_RULES[id]);
  });

  it.each(BETTER_AUTH_ACCEPTED.map((input) => [input.text.slice(0, 200), input] as const))(
    "let through %s",
    async (_, input) => {
      expect(await engine.load(urlOf(input), input.text)).toEqual({ loads: true });
      expect(disagreement(betterAuth, input, { loads: true })).toBeUndefined();
    },
  );
});

describe("Better Auth compares redirect URIs as the profile says", () => {
  it(
    "generated pairs, with the same words",
    async () => {
      await fc.assert(
        fc.asyncProperty(uriPair, async ({ entry, requested }) => {
          const input = betterAuthDocument({ redirect_uris: [entry] });
          fc.pre(evaluated(input).verdict === "accepts" && requested.isWellFormed());
          const { allowed, error } = await engine.authorize(DOCUMENT_URL, input.text, requested);
          const said = match(betterAuth, new ClientMetadataDocument(input.text), requested);
          expect({ outcome: said.outcome, reason: said.reason }).toEqual({
            outcome: allowed ? "allowed" : "refused",
            reason: error ?? undefined,
          });
        }),
        runs(PAIRS),
      );
    },
    timeout(PAIRS),
  );

  it(
    "an entry works when a request with its own text gets through, on any port of the machine itself",
    async () => {
      await fc.assert(
        fc.asyncProperty(uri, async (entry) => {
          const input = betterAuthDocument({ redirect_uris: [entry] });
          const { verdict, signIn } = evaluated(input);
          const outcome = signIn[0]?.outcome;
          fc.pre(verdict === "accepts" && outcome !== "never");
          expect((await engine.authorize(DOCUMENT_URL, input.text, entry)).allowed).toBe(true);
          if (outcome === "limited" || !/^http:/i.test(entry.trim())) return;
          const elsewhere = entry.trim().replace(/^(http:\/\/[^/?#]*?)(?::\d*)?(?=[/?#]|$)/i, "$1:49152");
          expect((await engine.authorize(DOCUMENT_URL, input.text, elsewhere)).allowed, elsewhere).toBe(true);
        }),
        runs(OUTCOMES),
      );
    },
    timeout(OUTCOMES),
  );

  it("nobody can send half a surrogate pair", async () => {
    const { text } = betterAuthDocument({ redirect_uris: ["https://app.acme.dev/\ud800"] });
    expect(evaluated({ text, url: undefined }).signIn).toEqual([
      { entry: "https://app.acme.dev/\ud800", outcome: "never" },
    ]);
    expect((await engine.authorize(DOCUMENT_URL, text, "https://app.acme.dev/\ud800")).allowed).toBe(false);
  });
});

describe("Better Auth's flow is what the profile says", () => {
  it("signs nobody in for a client without the authorization_code grant", async () => {
    const { text } = betterAuthDocument({ grant_types: ["client_credentials"] });
    const { allowed, error } = await engine.authorize(DOCUMENT_URL, text, "https://app.acme.dev/cb");
    expect(allowed).toBe(false);
    expect(match(betterAuth, new ClientMetadataDocument(text), "https://app.acme.dev/cb")).toEqual({
      server: "better-auth",
      outcome: "refused",
      reason: error,
    });
    expect(evaluated({ text, url: undefined }).signIn[0]?.outcome).toBe("never");
  });

  it.each([
    { what: "a key", alg: "ES256", change: {}, works: true },
    { what: "a key for signatures", alg: "ES256", change: { use: "sig", key_ops: ["verify"] }, works: true },
    { what: "a key for encryption", alg: "ES256", change: { use: "enc" }, works: false },
    { what: "a key that only wraps", alg: "ES256", change: { key_ops: ["wrapKey"] }, works: false },
    { what: "a short RSA key", alg: "RS256", change: {}, bits: 1024, works: false },
    { what: "a long RSA key", alg: "RS256", change: {}, bits: 2048, works: true },
  ])("$what authenticates a client: $works", async ({ alg, change, works, bits }) => {
    const key = await shortOrLongKey(alg, bits);
    const { text } = betterAuthDocument({
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [{ ...key.published, ...change }] },
    });
    const assertion = await key.sign(DOCUMENT_URL, `${BETTER_AUTH_ORIGIN}/api/auth/oauth2/token`);
    const told = await engine.exchange(DOCUMENT_URL, text, assertion);
    const { verdict, reasons } = evaluated({ text, url: undefined });
    expect(verdict).toBe("accepts");
    expect(reasons.map(({ message }) => message)).toEqual(works ? [] : [told]);
  });
});

describe("Better Auth's addresses are what the profile says", () => {
  it("for every edge of a block and every kind of name", () => {
    for (const host of fc.sample(hostname, { numRuns: 5000, seed: 7 })) {
      const parsed = URL.parse(`https://${host}/`)?.hostname;
      if (parsed === undefined) continue;
      expect(
        [hosts.isPublicRoutableHost(parsed), hosts.isLoopbackHost(parsed), hosts.isLoopbackAddress(parsed)],
        parsed,
      ).toEqual([isPublicRoutableHost(parsed), isLoopbackHost(parsed), isLoopbackIP(parsed)]);
    }
  });
});

/** jose makes no RSA key under 2048 bits, so a short one comes with the signature of a long one. */
async function shortOrLongKey(alg: string, bits: number | undefined) {
  const key = await assertionKey(alg, "k");
  if (bits === undefined || bits >= 2048) return key;
  return { ...key, published: { ...key.published, n: key.published.n?.slice(0, Math.ceil(bits / 6)) } };
}
