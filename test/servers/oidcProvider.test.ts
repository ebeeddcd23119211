import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, match } from "../../server/src/servers/evaluate.js";
import { oidcProvider } from "../../server/src/servers/oidcProvider/oidcProvider.js";
import { OIDC_PROVIDER_REASONS } from "./fixtures/oidcProviderReasons.js";
import {
  disagreement,
  refusedFor,
  refusingConstraints,
  saidBy,
  unreached,
  urlOf,
  without,
} from "./support/agreement.js";
import { clientAssertion } from "./support/clientAssertion.js";
import { type DocumentCase, documentCase, documentWith } from "./support/documents.js";
import type { EngineAnswer } from "./support/engineAnswer.js";
import {
  loadInOidcProvider,
  type OidcProviderServer,
  serveOidcProvider,
} from "./support/oidcProviderEngine.js";
import { OIDC_PROVIDER_ACCEPTED, OIDC_PROVIDER_PROOFS } from "./support/oidcProviderProofs.js";
import { runs, timeout } from "./support/runs.js";
import { redirectUri, requestFor } from "./support/uris.js";

const DOCUMENTS = 2500;
const PAIRS = 3000;
const WHOLE_DECISIONS = 1500;

async function ask(input: DocumentCase): Promise<EngineAnswer> {
  const answer = await loadInOidcProvider(input.text, urlOf(input));
  // Of a pairwise client it demands other members first, before it says that it knows public ones only.
  if (!answer.loads && input.text.includes('"pairwise"')) return { loads: false, words: undefined };
  return answer;
}

describe("oidc-provider loads documents as the profile says", () => {
  it(
    "generated ones, with the same words",
    async () => {
      await fc.assert(
        fc.asyncProperty(documentCase, async (input) => {
          expect(disagreement(oidcProvider, input, await ask(input))).toBeUndefined();
        }),
        runs("oidc-provider, documents", DOCUMENTS),
      );
    },
    timeout(DOCUMENTS),
  );

  it("has a generator that reaches every refusing constraint", () => {
    expect(unreached(oidcProvider, fc.sample(documentCase, { numRuns: 6000, seed: 7 }))).toEqual([]);
  });

  it("has a proof for every refusing constraint and for nothing else", () => {
    expect(Object.keys(OIDC_PROVIDER_PROOFS).sort()).toEqual(refusingConstraints(oidcProvider).sort());
  });

  it.each(Object.entries(OIDC_PROVIDER_PROOFS))("refuses for %s alone", async (id, proofs) => {
    for (const proof of proofs) {
      const answer = await loadInOidcProvider(proof.text, urlOf(proof));
      expect(disagreement(oidcProvider, proof, answer)).toBeUndefined();
      expect(disagreement(without(oidcProvider, id), proof, answer), proof.text).toBeDefined();
    }
  });

  it("names the rule and the place of every proof's fault", () => {
    const found = Object.entries(OIDC_PROVIDER_PROOFS).map(([id, proofs]) => [
      id,
      proofs.map((proof) => refusedFor(oidcProvider, proof)),
    ]);
    expect(Object.fromEntries(found)).toEqual(OIDC_PROVIDER_REASONS);
  });

  it.each(OIDC_PROVIDER_ACCEPTED.map((input) => [input.text.slice(0, 300), input] as const))(
    "accepts %s",
    async (_, input) => {
      expect(await ask(input)).toMatchObject({ loads: true });
      expect(disagreement(oidcProvider, input, { loads: true })).toBeUndefined();
    },
  );
});

describe("oidc-provider compares redirect URIs as the profile says", () => {
  const pair = fc
    .record({ entry: redirectUri, applicationType: fc.constantFrom("native", "native", "web") })
    .chain(({ entry, applicationType }) =>
      fc.record({
        entry: fc.constant(entry),
        applicationType: fc.constant(applicationType),
        request: requestFor(entry),
      }),
    );

  it(
    "entry by entry",
    async () => {
      const input = documentWith(["https://app.acme.dev/callback"]);
      const answer = await loadInOidcProvider(input.text, urlOf(input));
      const client = answer.client;
      if (!client) throw new Error("the document must load");
      fc.assert(
        fc.property(pair, ({ entry, applicationType, request }) => {
          client.redirectUris = [entry];
          client.applicationType = applicationType;
          expect(oidcProvider.redirects?.matches(request, entry, { applicationType })).toBe(
            client.redirectUriAllowed(request),
          );
        }),
        runs("oidc-provider, redirect pairs", PAIRS),
      );
    },
    timeout(PAIRS),
  );

  it(
    "as a whole decision",
    async () => {
      await fc.assert(
        fc.asyncProperty(pair, redirectUri, async ({ entry, applicationType, request }, other) => {
          const more = applicationType === "web" ? {} : { application_type: applicationType };
          const input = documentWith([other, entry], more);
          const answer = await loadInOidcProvider(input.text, urlOf(input));
          const expected = answer.client
            ? answer.client.redirectUriAllowed(request)
              ? "allowed"
              : "refused"
            : "document-refused";
          expect(match(oidcProvider, new ClientMetadataDocument(input.text), request).outcome).toBe(expected);
        }),
        runs("oidc-provider, whole redirect decisions", WHOLE_DECISIONS),
      );
    },
    timeout(WHOLE_DECISIONS),
  );
});

describe("oidc-provider at the authorization and token endpoints", () => {
  const CLIENT = "https://app.acme.dev/oauth/client.json";
  const EC = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const REFRESH = { grant_types: ["authorization_code", "refresh_token"] };
  const callback = { redirect_uri: "https://app.acme.dev/callback" };
  const refresh = { grant_type: "refresh_token", refresh_token: "none-such" };
  const keyed = (more: object) => ({
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [{ ...EC.publicKey.export({ format: "jwk" }), ...more }] },
  });
  const signed = async (server: OidcProviderServer) =>
    server.token({
      ...refresh,
      ...clientAssertion({ key: EC.privateKey, clientId: CLIENT, audience: server.tokenEndpoint }),
    });

  interface Flow {
    readonly constraint: string;
    readonly members: Readonly<Record<string, unknown>>;
    readonly ask: (server: OidcProviderServer) => Promise<string | undefined>;
  }

  const flows: readonly Flow[] = [
    {
      constraint: "code-response",
      members: { response_types: ["id_token"] },
      ask: (server) => server.authorize(callback),
    },
    {
      constraint: "query-response-mode",
      members: { response_modes: ["form_post"] },
      ask: (server) => server.authorize(callback),
    },
    {
      constraint: "openid-scope",
      members: { default_max_age: 60, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    {
      constraint: "openid-scope",
      members: { default_max_age: 0, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    {
      constraint: "openid-scope",
      members: { require_auth_time: true, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    { constraint: "refresh-grant", members: {}, ask: (server) => server.token(refresh) },
    {
      constraint: "refresh-grant",
      members: { grant_types: ["authorization_code"] },
      ask: (server) => server.token(refresh),
    },
    {
      constraint: "offline-access",
      members: { scope: "openid", ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "openid offline_access", prompt: "consent" }),
    },
    { constraint: "usable-key", members: { ...keyed({ use: "enc" }), ...REFRESH }, ask: signed },
    { constraint: "usable-key", members: { ...keyed({ alg: "ES384" }), ...REFRESH }, ask: signed },
    { constraint: "usable-key", members: { ...keyed({ key_ops: ["sign"] }), ...REFRESH }, ask: signed },
    { constraint: "usable-key", members: { ...keyed({}), jwks: { keys: [] }, ...REFRESH }, ask: signed },
  ];

  it.each(flows.map((flow) => [flow.constraint, JSON.stringify(flow.members).slice(0, 80), flow] as const))(
    "%s: %s",
    async (id, _, flow) => {
      const input = documentWith([callback.redirect_uri], flow.members);
      const words = await served(input, flow.ask);
      expect(words).toBeDefined();
      expect(saidBy(oidcProvider, id, input).map((message) => message.startsWith(words ?? "?"))).toEqual([
        true,
      ]);
      expect(evaluate(new ClientMetadataDocument(input.text), oidcProvider).verdict).toBe("accepts");
    },
  );

  it("lets a document through that lists what it needs", async () => {
    const input = documentWith([callback.redirect_uri], {
      ...REFRESH,
      scope: "openid offline_access",
      response_modes: ["query"],
    });
    const said = oidcProvider.constraints.flatMap(({ id }) => saidBy(oidcProvider, id, input));
    expect(said).toEqual([]);
    expect(
      await served(input, (server) =>
        server.authorize({ ...callback, scope: "openid offline_access", prompt: "consent" }),
      ),
    ).toBeUndefined();
    expect(await served(input, (server) => server.token(refresh))).toContain("refresh token not found");
  });

  it.each([{}, { use: "sig", alg: "ES256", key_ops: ["verify"] }])(
    "verifies an assertion with the key %j",
    async (more) => {
      const input = documentWith([callback.redirect_uri], { ...keyed(more), ...REFRESH });
      expect(saidBy(oidcProvider, "usable-key", input)).toEqual([]);
      expect(await served(input, signed)).toContain("refresh token not found");
    },
  );

  it("answers a redirect URI that no entry matches in the words of the profile", async () => {
    const input = documentWith(["http://localhost/callback"]);
    const words = await served(input, (server) =>
      server.authorize({ redirect_uri: "http://localhost:49152/callback" }),
    );
    const decision = match(
      oidcProvider,
      new ClientMetadataDocument(input.text),
      "http://localhost:49152/callback",
    );
    expect(decision).toMatchObject({ outcome: "refused", reason: words });
  });

  it("notes that it fetches the sector identifier document, and refuses one that lacks a redirect URI", async () => {
    const input = documentWith(["https://app.acme.dev/callback"], {
      sector_identifier_uri: "https://app.acme.dev/sector",
    });
    expect(await loadInOidcProvider(input.text, urlOf(input))).toMatchObject({ loads: true });
    const answer = await loadInOidcProvider(input.text, urlOf(input), { sectorIdentifierDocument: [] });
    const words = "all registered redirect_uris must be included in the sector_identifier_uri response";
    expect(answer).toMatchObject({ loads: false });
    expect(answer.loads ? "" : answer.words).toContain(words);
    expect(saidBy(oidcProvider, "sector-identifier", input)[0]).toContain(words);
  });
});

describe("documents people publish, on oidc-provider", () => {
  const outcomes = (input: DocumentCase) =>
    evaluate(new ClientMetadataDocument(input.text), oidcProvider).signIn;

  it("loads Claude Code's shape, but without application_type the random port fails", async () => {
    const input = documentWith(["http://localhost/callback", "http://127.0.0.1/callback"]);
    expect(disagreement(oidcProvider, input, await ask(input))).toBeUndefined();
    expect(outcomes(input).map(({ outcome }) => outcome)).toEqual(["limited", "limited"]);
    const native = documentWith(["http://localhost/callback"], { application_type: "native" });
    expect(outcomes(native)).toEqual([{ entry: "http://localhost/callback", outcome: "works" }]);
  });

  it("refuses the whole document for a port wildcard, naming it", async () => {
    const input = documentWith(["https://app.acme.dev/callback", "http://localhost:*/callback"]);
    const { verdict, reasons } = evaluate(new ClientMetadataDocument(input.text), oidcProvider);
    expect(verdict).toBe("refuses");
    expect(reasons).toContainEqual({
      stage: "document",
      effect: "blocks",
      rule: "redirect-uris/wildcard-port",
      message: "redirect_uris must only contain valid uris",
      pointer: "/redirect_uris/1",
    });
    expect(disagreement(oidcProvider, input, await ask(input))).toBeUndefined();
  });

  it("drops Claude's extra grant jwt-bearer", async () => {
    const grants = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"];
    const input = documentWith(["https://claude.ai/api/mcp/auth_callback"], { grant_types: grants });
    expect(await ask(input)).toMatchObject({ loads: true });
    expect(disagreement(oidcProvider, input, { loads: true })).toBeUndefined();
  });

  it("takes ChatGPT's shape: private_key_jwt with a jwks_uri, logo elsewhere", async () => {
    const input = documentWith(["https://chatgpt.com/connector/oauth/x"], {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      token_endpoint_auth_signing_alg: "RS256",
      jwks_uri: "https://app.acme.dev/jwks.json",
      logo_uri: "https://cdn.example/logo.png",
    });
    expect(await ask(input)).toMatchObject({ loads: true });
    expect(disagreement(oidcProvider, input, { loads: true })).toBeUndefined();
  });

  it("takes a `*` in host and path for itself", () => {
    const input = documentWith(["https://*.acme.dev/cb", "https://app.acme.dev/auth/*"]);
    expect(outcomes(input).map(({ outcome }) => outcome)).toEqual(["never", "limited"]);
  });

  it("never matches half a surrogate pair", () => {
    expect(outcomes(documentWith(["https://app.acme.dev/\ud800"]))[0]?.outcome).toBe("never");
  });

  it("lets nobody sign in without the response type code", () => {
    expect(
      outcomes(documentWith(["https://app.acme.dev/cb"], { response_types: ["id_token"] }))[0]?.outcome,
    ).toBe("never");
  });
});

async function served(input: DocumentCase, ask: (server: OidcProviderServer) => Promise<string | undefined>) {
  const server = await serveOidcProvider(input.text, urlOf(input));
  try {
    return await ask(server);
  } finally {
    await server.close();
  }
}
