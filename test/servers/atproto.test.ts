import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { atproto } from "../../server/src/servers/atproto/atproto.js";
import { VIRTUAL_CLIENT } from "../../server/src/servers/atproto/clientIdUrl.js";
import { evaluate, isRefusal, match } from "../../server/src/servers/evaluate.js";
import { AtprotoEngine } from "./support/atprotoEngine.js";
import {
  DOCUMENT_URL,
  type DocumentCase,
  documents,
  runs,
  uriPair,
  withSeed,
} from "./support/betterAuthAtprotoDocuments.js";

const common = {
  scope: "atproto",
  dpop_bound_access_tokens: true,
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
};

const bases = documents([
  {
    ...common,
    redirect_uris: ["http://127.0.0.1/cb", "dev.acme.app:/cb"],
    application_type: "native",
    token_endpoint_auth_method: "none",
  },
  {
    ...common,
    redirect_uris: ["https://app.acme.dev/cb"],
    application_type: "web",
    token_endpoint_auth_method: "none",
    client_uri: "https://app.acme.dev/oauth/",
  },
  {
    ...common,
    redirect_uris: ["https://app.acme.dev/cb"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: { keys: [{ kty: "EC", kid: "k", crv: "P-256", x: "AA", y: "AA" }] },
  },
  {
    ...common,
    redirect_uris: ["https://app.acme.dev/cb"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks_uri: "https://app.acme.dev/jwks.json",
  },
]);

const engine = await AtprotoEngine.create();

/** What the profile says, and whether the engine's own error text is among its reasons. */
async function compare({ url, text }: DocumentCase) {
  const document = new ClientMetadataDocument(text, { url });
  const { verdict, reasons } = evaluate(document, atproto);
  const loaded = await engine.load(document.url ?? DOCUMENT_URL, text);
  const given = reasons.filter(isRefusal).map(({ message }) => message);
  if (loaded.loaded) return { said: verdict, done: "accepts" };
  const [first = VIRTUAL_CLIENT] = loaded.words;
  const known = given.some((message) => message === first || message.endsWith(`failed with error: ${first}`));
  return { said: known ? verdict : { verdict, given }, done: known ? "refuses" : { cause: first } };
}

describe("atproto", () => {
  it("says of every document what the engine does, and why", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(bases, async (one) => {
        const { said, done } = await compare(one);
        expect(said).toEqual(done);
      }),
      withSeed("atproto documents", runs(3000)),
    );
  });

  it("matches redirect URIs where the engine matches", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(uriPair, async ({ entry, requested }) => {
        const text = JSON.stringify({
          ...common,
          client_id: DOCUMENT_URL,
          application_type: "native",
          token_endpoint_auth_method: "none",
          redirect_uris: [entry],
        });
        const document = new ClientMetadataDocument(text);
        fc.pre(evaluate(document, atproto).verdict === "accepts");
        const said = match(atproto, document, requested);
        const { allowed, error } = await engine.authorize(DOCUMENT_URL, text, requested);
        expect({ outcome: said.outcome, reason: said.reason }).toEqual({
          outcome: allowed ? "allowed" : "refused",
          reason: error,
        });
      }),
      withSeed("atproto redirect pairs", runs(2000)),
    );
  });
});
