import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { betterAuth, betterAuthMcp } from "../../server/src/servers/betterAuth/betterAuth.js";
import { NOT_A_DOCUMENT_URL } from "../../server/src/servers/betterAuth/clientIdUrl.js";
import { evaluate, isRefusal, match } from "../../server/src/servers/evaluate.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import {
  DOCUMENT_URL,
  type DocumentCase,
  documents,
  runs,
  uriPair,
  withSeed,
} from "./support/betterAuthAtprotoDocuments.js";
import { BetterAuthEngine } from "./support/betterAuthEngine.js";

const bases = documents([
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

const SERVERS = [
  { profile: betterAuth, engine: new BetterAuthEngine() },
  { profile: betterAuthMcp, engine: new BetterAuthEngine("mcp-2026-07-28") },
];

/** What the profile says, and whether the engine's own error text is among its reasons. */
async function compare(profile: ServerProfile, engine: BetterAuthEngine, { url, text }: DocumentCase) {
  const document = new ClientMetadataDocument(text, { url });
  const { verdict, reasons } = evaluate(document, profile);
  const loaded = await engine.load(document.url ?? DOCUMENT_URL, text);
  const expected = loaded.loaded ? undefined : (loaded.message ?? NOT_A_DOCUMENT_URL);
  const given = reasons.filter(isRefusal).map(({ message }) => message);
  return {
    said: { verdict, cause: expected === undefined || given.includes(expected) ? expected : given },
    done: { verdict: loaded.loaded ? "accepts" : "refuses", cause: expected },
  };
}

describe.each(SERVERS)("$profile.id", ({ profile, engine }) => {
  it("says of every document what the engine does, and why", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(bases, async (one) => {
        const { said, done } = await compare(profile, engine, one);
        expect(said).toEqual(done);
      }),
      withSeed(`${profile.id} documents`, runs(1500)),
    );
  });
});

describe("better-auth redirect URIs", () => {
  const { profile, engine } = SERVERS[0] as (typeof SERVERS)[0];
  it("matches where the engine matches", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(uriPair, async ({ entry, requested }) => {
        const text = JSON.stringify({ client_id: DOCUMENT_URL, redirect_uris: [entry] });
        const document = new ClientMetadataDocument(text);
        fc.pre(evaluate(document, profile).verdict === "accepts");
        const said = match(profile, document, requested);
        const { allowed, error } = await engine.authorize(DOCUMENT_URL, text, requested);
        expect({ outcome: said.outcome, reason: said.reason }).toEqual({
          outcome: allowed ? "allowed" : "refused",
          reason: error ?? undefined,
        });
      }),
      withSeed("better-auth redirect pairs", runs(2000)),
    );
  });
});
