import { generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { cloudflareWorkersOauthProvider as profile } from "../../server/src/servers/cloudflare-workers-oauth-provider/cloudflare-workers-oauth-provider.js";
import { evaluate, match } from "../../server/src/servers/evaluate.js";
import { CLOUDFLARE_REASONS } from "./fixtures/cloudflareReasons.js";
import { saidBy, urlOf } from "./support/agreement.js";
import { clientAssertion } from "./support/clientAssertion.js";
import { CloudflareEngine } from "./support/cloudflareEngine.js";
import { CLOUDFLARE_ACCEPTED, CLOUDFLARE_PROOFS } from "./support/cloudflareProofs.js";
import { describeLoading } from "./support/describeLoading.js";
import { type DocumentCase, documentWith } from "./support/documents.js";
import { runs, timeout } from "./support/runs.js";
import { redirectUri, requestFor } from "./support/uris.js";

const DOCUMENTS = 2500;
const PAIRS = 2000;
const WHOLE_DECISIONS = 1000;
const OUTCOMES = 500;

function engineFor(input: DocumentCase): CloudflareEngine {
  return new CloudflareEngine(input.text, urlOf(input));
}

/** The engine's error text on the way from the request to the redirect, or undefined when the user gets there. */
async function signIn(engine: CloudflareEngine, redirectUri: string): Promise<string | undefined> {
  return (await engine.authorize(redirectUri)) ?? engine.complete(redirectUri);
}

function evaluated(input: DocumentCase) {
  return evaluate(new ClientMetadataDocument(input.text, { url: input.url }), profile);
}

describeLoading("Cloudflare's library loads documents as the profile says", profile, {
  load: (input) => engineFor(input).load(),
  generated: DOCUMENTS,
  proofs: CLOUDFLARE_PROOFS,
  reasons: CLOUDFLARE_REASONS,
  accepted: CLOUDFLARE_ACCEPTED,
});

describe("Cloudflare's library compares redirect URIs as the profile says", () => {
  const pair = redirectUri.chain((entry) =>
    fc.record({ entry: fc.constant(entry), request: requestFor(entry) }),
  );

  it(
    "entry by entry",
    async () => {
      await fc.assert(
        fc.asyncProperty(pair, async ({ entry, request }) => {
          const input = documentWith([entry]);
          fc.pre(request !== "" && evaluated(input).verdict === "accepts");
          const expected = await engineFor(input).matches(request);
          expect(
            profile.redirects?.matches(request, entry, {
              applicationType: undefined,
            }),
          ).toBe(expected);
        }),
        runs(PAIRS),
      );
    },
    timeout(PAIRS),
  );

  it(
    "as a whole decision",
    async () => {
      await fc.assert(
        fc.asyncProperty(pair, redirectUri, async ({ entry, request }, other) => {
          fc.pre(request.isWellFormed());
          const input = documentWith([other, entry]);
          const engine = engineFor(input);
          const { loads } = await engine.load();
          const words = loads ? await signIn(engine, request) : undefined;
          const expected = loads ? (words === undefined ? "allowed" : "refused") : "document-refused";
          const decision = match(profile, new ClientMetadataDocument(input.text), request);
          expect(decision.outcome).toBe(expected);
          if (words !== undefined && words !== "Invalid URL")
            expect(decision.reason?.startsWith(words)).toBe(true);
        }),
        runs(WHOLE_DECISIONS),
      );
    },
    timeout(WHOLE_DECISIONS),
  );

  it(
    "and sends people where an entry is said to work, and nowhere where it never does",
    async () => {
      await fc.assert(
        fc.asyncProperty(pair, async ({ entry, request }) => {
          const input = documentWith([entry]);
          const { verdict, signIn: outcomes } = evaluated(input);
          fc.pre(
            verdict === "accepts" && entry.isWellFormed() && request.isWellFormed() && !entry.includes("*."),
          );
          const engine = engineFor(input);
          const asWritten = (await signIn(engine, entry)) === undefined;
          const otherwise = (await signIn(engine, request)) === undefined;
          const outcome = outcomes[0]?.outcome;
          if (outcome === "works") expect(asWritten).toBe(true);
          if (outcome === "never") expect([asWritten, otherwise]).toEqual([false, false]);
        }),
        runs(OUTCOMES),
      );
    },
    timeout(OUTCOMES),
  );
});

describe("Cloudflare's library at the authorization and token endpoints", () => {
  const CALLBACK = "https://app.acme.dev/callback";
  const CLIENT = "https://app.acme.dev/oauth/client.json";
  const first = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const second = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const jwk = (pair: typeof first, more: object) => ({
    ...pair.publicKey.export({ format: "jwk" }),
    ...more,
  });
  const refresh = {
    grant_type: "refresh_token",
    refresh_token: "u:0123456789abcdef:x",
  };

  /** What a token request says that fails for its refresh token, so after the client has been authenticated. */
  const AUTHENTICATED = /^invalid_grant/;
  const tokenWith = (input: DocumentCase, key: KeyObject, kid?: string) =>
    engineFor(input).token({
      ...refresh,
      ...clientAssertion({ key, clientId: CLIENT, audience: "https://mcp.example", kid }),
    });

  it("code-response: lets nobody sign in when neither grant nor response types know the code", async () => {
    const input = documentWith([CALLBACK], {
      grant_types: ["client_credentials"],
      response_types: ["token"],
    });
    const words = await engineFor(input).authorize(CALLBACK);
    expect(words).toBeDefined();
    expect(saidBy(profile, "code-response", input)).toEqual([words]);
    expect(evaluated(input)).toMatchObject({
      verdict: "accepts",
      signIn: [{ entry: CALLBACK, outcome: "never" }],
    });
  });

  it("broken-private-key-jwt: still takes the client without an assertion, but not with one", async () => {
    const input = documentWith([CALLBACK], {
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    });
    expect(saidBy(profile, "broken-private-key-jwt", input)).toEqual([
      "Client authentication failed: private_key_jwt requires jwks or jwks_uri, so only the method none is left",
    ]);
    expect(await engineFor(input).token(refresh)).toMatch(AUTHENTICATED);
    expect(await tokenWith(input, first.privateKey)).toBe("invalid_client: Client authentication failed");
  });

  it("ambiguous-keys: finds no key without a kid among several", async () => {
    const keys = (...list: object[]) =>
      documentWith([CALLBACK], {
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: list },
      });
    const ambiguous = keys(jwk(first, {}), jwk(second, { kid: "2" }));
    expect(saidBy(profile, "ambiguous-keys", ambiguous)).toHaveLength(1);
    expect(await tokenWith(ambiguous, first.privateKey)).toBe("invalid_client: Client authentication failed");
    for (const [input, kid] of [
      [keys(jwk(first, { kid: "1" }), jwk(second, { kid: "2" })), "1"],
      [keys(jwk(first, {})), undefined],
      [keys(jwk(first, {}), jwk(second, { use: "enc" })), undefined],
      [keys(jwk(first, {}), jwk(second, { alg: "ES384" })), undefined],
      [keys(jwk(first, {}), jwk(second, { key_ops: ["sign"] })), undefined],
      [keys(jwk(first, {}), { kty: "RSA" }), undefined],
      [keys({ kty: "RSA", n: "AA", e: "AQAB" }, jwk(first, {})), undefined],
    ] as const) {
      expect(saidBy(profile, "ambiguous-keys", input).length > 0, input.text).toBe(false);
      expect(await tokenWith(input, first.privateKey, kid)).toMatch(AUTHENTICATED);
    }
  });

  it("says nothing about a document that lists no refresh_token: the grant comes with authorization_code", async () => {
    const input = documentWith([CALLBACK], {
      grant_types: ["authorization_code"],
    });
    expect(profile.constraints.flatMap(({ id }) => saidBy(profile, id, input))).toEqual([]);
    expect(await engineFor(input).token(refresh)).toMatch(AUTHENTICATED);
    const neither = documentWith([CALLBACK], {
      grant_types: [],
      response_types: [],
    });
    expect(await engineFor(neither).token(refresh)).toMatch(/^unauthorized_client/);
  });
});

describe("documents people publish, on Cloudflare's library", () => {
  const outcomes = (uris: readonly string[]) =>
    evaluated(documentWith(uris)).signIn.map(({ outcome }) => outcome);

  it("gives Claude Code's portless loopback entries any port", async () => {
    const uris = ["http://localhost/callback", "http://127.0.0.1/callback"];
    expect(outcomes(uris)).toEqual(["works", "works"]);
    expect(await engineFor(documentWith(uris)).authorize("http://localhost:49152/callback")).toBeUndefined();
  });

  it("loads a port wildcard and never matches it", async () => {
    const input = documentWith(["http://localhost:*/callback"]);
    const { verdict, reasons, signIn } = evaluated(input);
    expect(verdict).toBe("accepts");
    expect(signIn).toEqual([{ entry: "http://localhost:*/callback", outcome: "never" }]);
    expect(reasons).toContainEqual(
      expect.objectContaining({
        stage: "authorize",
        effect: "blocks",
        rule: "redirect-uris/wildcard-port",
        pointer: "/redirect_uris/0",
      }),
    );
    expect(await engineFor(input).authorize("http://localhost:49152/callback")).toBe("Invalid redirect URI");
  });

  it("lists entries it sends nobody to", () => {
    expect(
      outcomes([
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "http://app.acme.dev/cb",
        "https://app.acme.dev/cb#",
        "https://u@app.acme.dev/cb",
        "https://*.acme.dev/cb",
        "https://app.acme.dev/\ud800",
        "urn:ietf:wg:oauth:2.0:oob",
        "cursor://localhost/cb",
        " https://*.acme.dev/cb",
      ]),
    ).toEqual(Array(9).fill("never"));
    expect(
      outcomes(["http://u@localhost/cb", "http://127.0.0.1/cb#f", "https://app.acme.dev/auth/*"]),
    ).toEqual(Array(3).fill("limited"));
  });

  it("keeps ChatGPT's document usable with and without its keys", () => {
    const { verdict, reasons } = evaluated(
      documentWith(["https://chatgpt.com/connector/oauth/x"], {
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
        token_endpoint_auth_signing_alg: "RS256",
        jwks_uri: "https://app.acme.dev/jwks.json",
        logo_uri: "https://cdn.example/logo.png",
      }),
    );
    expect({ verdict, reasons }).toEqual({ verdict: "accepts", reasons: [] });
  });
});
