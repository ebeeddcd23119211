import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, match } from "../../server/src/servers/evaluate.js";
import { oidcProvider } from "../../server/src/servers/oidc-provider/oidc-provider.js";
import { isSpecialUseAddress } from "../../server/src/servers/oidc-provider/specialUseAddress.js";
import { OIDC_PROVIDER_REASONS } from "./fixtures/oidcProviderReasons.js";
import { disagreement, saidBy, urlOf } from "./support/agreement.js";
import { clientAssertion } from "./support/clientAssertion.js";
import { describeLoading } from "./support/describeLoading.js";
import { type DocumentCase, documentWith, keyedDocument } from "./support/documents.js";
import type { EngineAnswer } from "./support/engineAnswer.js";
import {
  isCutOff,
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
const KEYS = 800;

async function load(input: DocumentCase): Promise<EngineAnswer> {
  const { client: _, ...answer } = await loadInOidcProvider(input.text, urlOf(input));
  return answer;
}

async function ask(input: DocumentCase): Promise<EngineAnswer> {
  const answer = await load(input);
  // Of a pairwise client it requires other members first, before it says that it knows public ones only.
  if (!answer.loads && input.text.includes('"pairwise"')) return { loads: false, words: undefined };
  return answer;
}

describeLoading("oidc-provider loads documents as the profile says", oidcProvider, {
  load,
  loadGenerated: ask,
  generated: DOCUMENTS,
  proofs: OIDC_PROVIDER_PROOFS,
  reasons: OIDC_PROVIDER_REASONS,
  accepted: OIDC_PROVIDER_ACCEPTED,
});

describe("oidc-provider cuts connections as the profile says", () => {
  const canonical = (host: string) => new URL(`https://${host}/`).hostname;
  const agrees = (host: string) => {
    const hostname = canonical(host);
    expect([hostname, isSpecialUseAddress(hostname)]).toEqual([hostname, isCutOff(hostname)]);
  };

  it("at the edges of every network and next to them", () => {
    const ipv4 =
      "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 " +
      "192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 " +
      "240.0.0.0/4";
    for (const network of ipv4.split(" ")) {
      const [first = "", bits] = network.split("/");
      const start = first.split(".").reduce((value, octet) => value * 256 + Number(octet), 0);
      const size = 2 ** (32 - Number(bits));
      for (const value of [start - 1, start, start + size / 2, start + size - 1, start + size]) {
        if (value < 0 || value > 0xffffffff) continue;
        agrees(String(value));
        agrees(`[::ffff:${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}]`);
      }
    }
    const ipv6 =
      ":: ::1 ::2 1::1 ::1:0:1 ::fffe:7f00:1 1::ffff:7f00:1 64:ff9a:: 64:ff9b::1 64:ff9b:0:0:1::1 64:ff9b:1::1 64:ff9b:2::1 " +
      "100::1 100:0:0:1::1 100:0:0:2::1 101:: 2001:: 2001:100::1 2001:1ff::1 2001:200::1 2001:db8::1 2001:db9::1 2002::1 " +
      "2003::1 2620:4f:8000::1 2620:4f:8001::1 3fff::1 3fff:fff::1 3fff:1000::1 5eff::1 5f00::1 5f01::1 fb00::1 fc00::1 " +
      "fdff::1 fe00::1 fe7f::1 fe80::1 fe90::1 fea0::1 febf::1 fec0::1 ff02::1 1:2:3:4:5:6:7:8 ::1:2:3:4:5:6:7";
    for (const address of ipv6.split(" ")) agrees(`[${address}]`);
    for (const name of ["localhost", "1.2.3.4.example", "1.2.3.4x", "x1.2.3.4.example"]) agrees(name);
  });

  it("for generated addresses", () => {
    const hosts = fc.oneof(
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(fc.property(hosts, agrees), runs(2000));
  });
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
        runs(PAIRS),
      );
    },
    timeout(PAIRS),
  );

  it("for every pair of spellings that parsers and string functions see differently", async () => {
    const spellings = [
      "http://localhost/cb http://localhost:1/cb http://localhost:/cb http://localhost:2/cb http://localhost:1 http://localhost",
      "http:/localhost:1/cb http:/localhost:2/cb http:localhost:1/cb http:localhost/cb http://localhost:1?a:2 http://localhost?a:2",
      "http://u@localhost:1/cb http://u@localhost/cb http://u:p@localhost:1/cb http://u:p@localhost/cb http://a@b@localhost:1/cb",
      "http://a@b@localhost/cb http://[::1]:1/cb http://[::1]/cb http://[::1]:2 http://[::1] http://[0::1]:1/cb http://[0::1]/cb",
      "http://127.1:1/cb http://127.1/cb http://LOCALHOST:1/cb https://localhost:1/cb https://localhost/cb http://x.dev:1/ http://x.dev/",
      "http://localhost:1/x?u=http://localhost:2/ http://localhost/x?u=http://localhost:2/ http://localhost:1#f http://localhost#f",
      "http:localhost:1/x://localhost:2/ http:localhost/x://localhost:3/",
    ].flatMap((line) => line.split(" "));
    spellings.push(
      "http://localhost:1\t/cb",
      "http://localhost:\t1/cb",
      " http://localhost:1/cb",
      " http://localhost/cb",
    );
    spellings.push("http:\\\\localhost:1/cb");
    const input = documentWith(["https://app.acme.dev/callback"]);
    const { client } = await loadInOidcProvider(input.text, urlOf(input));
    if (!client) throw new Error("the document must load");
    for (const applicationType of ["native", "web"]) {
      for (const entry of spellings) {
        Object.assign(client, { redirectUris: [entry], applicationType });
        const said = spellings.map((request) =>
          oidcProvider.redirects?.matches(request, entry, { applicationType }),
        );
        expect([entry, said]).toEqual([
          entry,
          spellings.map((request) => client.redirectUriAllowed(request)),
        ]);
      }
    }
  });

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
        runs(WHOLE_DECISIONS),
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
    /** Rule and pointer. */
    readonly place: string;
    readonly members: Readonly<Record<string, unknown>>;
    readonly ask: (server: OidcProviderServer) => Promise<string | undefined>;
  }

  const flows: readonly Flow[] = [
    {
      constraint: "code-response",
      place: "grant-types/code-mismatch /response_types",
      members: { response_types: ["id_token"] },
      ask: (server) => server.authorize(callback),
    },
    {
      constraint: "query-response-mode",
      place: "response-modes/unknown /response_modes",
      members: { response_modes: ["form_post"] },
      ask: (server) => server.authorize(callback),
    },
    {
      constraint: "openid-scope",
      place: "scope/openid /default_max_age",
      members: { default_max_age: 60, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    {
      constraint: "openid-scope",
      place: "scope/openid /default_max_age",
      members: { default_max_age: 0, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    {
      constraint: "openid-scope",
      place: "scope/openid /require_auth_time",
      members: { require_auth_time: true, ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "offline_access", prompt: "consent" }),
    },
    {
      constraint: "refresh-grant",
      place: "grant-types/no-refresh ",
      members: {},
      ask: (server) => server.token(refresh),
    },
    {
      constraint: "refresh-grant",
      place: "grant-types/no-refresh /grant_types",
      members: { grant_types: ["authorization_code"] },
      ask: (server) => server.token(refresh),
    },
    {
      constraint: "offline-access",
      place: "scope/present /scope",
      members: { scope: "openid", ...REFRESH },
      ask: (server) => server.authorize({ ...callback, scope: "openid offline_access", prompt: "consent" }),
    },
    {
      constraint: "usable-key",
      place: "auth-signing-alg/key-mismatch /jwks",
      members: { ...keyed({ use: "enc" }), ...REFRESH },
      ask: signed,
    },
    {
      constraint: "usable-key",
      place: "auth-signing-alg/key-mismatch /jwks",
      members: { ...keyed({ alg: "ES384" }), ...REFRESH },
      ask: signed,
    },
    {
      constraint: "usable-key",
      place: "auth-signing-alg/key-mismatch /jwks",
      members: { ...keyed({ key_ops: ["sign"] }), ...REFRESH },
      ask: signed,
    },
    {
      constraint: "usable-key",
      place: "jwks/empty /jwks",
      members: { ...keyed({}), jwks: { keys: [] }, ...REFRESH },
      ask: signed,
    },
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
      const { verdict, reasons } = evaluate(new ClientMetadataDocument(input.text), oidcProvider);
      expect(verdict).toBe("accepts");
      expect(reasons.map(({ rule, pointer = "" }) => `${rule} ${pointer}`)).toContain(flow.place);
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

  it(
    "finds a key for an assertion where the profile does",
    async () => {
      await fc.assert(
        fc.asyncProperty(keyedDocument, async (input) => {
          const { client } = await loadInOidcProvider(input.text, urlOf(input));
          fc.pre(client !== undefined);
          const only = client.tokenEndpointAuthSigningAlg;
          const algorithms = only === undefined ? ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"] : [only];
          const usable = algorithms.some(
            (alg) => client.asymmetricKeyStore.selectForVerify({ alg }).length > 0,
          );
          expect(saidBy(oidcProvider, "usable-key", input)).toHaveLength(usable ? 0 : 1);
        }),
        runs(KEYS),
      );
    },
    timeout(KEYS),
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
