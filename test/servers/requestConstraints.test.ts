import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { readAuthorizationUrl } from "../../server/src/servers/authorizationRequest.js";
import { REQUEST_PROFILES } from "../../server/src/servers/requestConstraints.js";
import { BetterAuthEngine } from "./support/betterAuthEngine.js";
import { CloudflareEngine } from "./support/cloudflareEngine.js";
import { type OidcProviderServer, serveOidcProvider } from "./support/oidcProviderEngine.js";

const CLIENT_ID = "https://app.acme.dev/client.json";
const TEXT = JSON.stringify({
  client_id: CLIENT_ID,
  client_name: "Acme Notes",
  application_type: "web",
  redirect_uris: ["https://app.acme.dev/cb", "https://app.acme.dev/other"],
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
});

const GOOD = {
  client_id: CLIENT_ID,
  redirect_uri: "https://app.acme.dev/cb",
  response_type: "code",
  scope: "openid",
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_challenge_method: "S256",
};

/** Changes of a good request; an undefined parameter is not sent. */
const REQUESTS: readonly (readonly [name: string, change: Readonly<Record<string, string | undefined>>])[] = [
  ["a good request", {}],
  ["no response_type", { response_type: undefined }],
  ["response_type token", { response_type: "token" }],
  ["no PKCE", { code_challenge: undefined, code_challenge_method: undefined }],
  ["no method of PKCE", { code_challenge_method: undefined }],
  ["plain", { code_challenge_method: "plain" }],
  ["prompt=none login", { prompt: "none login" }],
  ["prompt=consent", { prompt: "consent" }],
];

function queryOf(change: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const sent = Object.entries({ ...GOOD, ...change }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(sent as [string, string][]);
}

/** What the constraints say. */
function refusal(server: string, query: URLSearchParams): string | undefined {
  const request = readAuthorizationUrl(`https://as.acme.dev/authorize?${query}`);
  if (!request) throw new Error("The request is not read as one.");
  return REQUEST_PROFILES.get(server)
    ?.constraints.map((constraint) => constraint(request, new ClientMetadataDocument(TEXT)))
    .find((reason) => reason !== undefined);
}

describe("what is known of authorization endpoints is what the servers' own code says", () => {
  let oidc: OidcProviderServer;
  beforeAll(async () => {
    // oidc-provider remarks on its own error page.
    vi.spyOn(console, "info").mockImplementation(() => {});
    oidc = await serveOidcProvider(TEXT, CLIENT_ID);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await oidc.close();
  });

  it.each(REQUESTS)("oidc-provider: %s", async (_name, change) => {
    const query = queryOf(change);
    const words = await oidc.request(query);
    expect(words?.replace(/ \(.*\)$/, "")).toBe(refusal("oidc-provider", query));
  });

  it("oidc-provider: a parameter sent twice", async () => {
    const query = queryOf({});
    query.append("scope", "openid");
    expect(await oidc.request(query)).toBe(refusal("oidc-provider", query));
  });

  it.each(REQUESTS)("Cloudflare workers-oauth-provider: %s", async (_name, change) => {
    const query = queryOf(change);
    const words = await new CloudflareEngine(TEXT, CLIENT_ID).ask(query);
    expect(words).toBe(refusal("cloudflare-workers-oauth-provider", query));
  });

  it.each(REQUESTS)("Better Auth: %s", async (_name, change) => {
    const query = queryOf(change);
    const { allowed, error } = await new BetterAuthEngine().ask(TEXT, query);
    const expected = refusal("better-auth", query);
    expect(allowed).toBe(expected === undefined);
    // Of another response type it says no words.
    if (error !== null) expect(error).toBe(expected);
  });
});
