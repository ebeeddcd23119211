import { describe, expect, it } from "vitest";
import { matchAuthorizationRequest } from "../../server/src/api/matchAuthorizationRequest.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { readAuthorizationUrl } from "../../server/src/servers/authorizationRequest.js";
import { REQUEST_PROFILES } from "../../server/src/servers/requestConstraints.js";
import { serverById } from "../../server/src/servers/servers.js";

const CLIENT_ID = "https://app.acme.dev/client.json";
const SENT = "http://127.0.0.1:51353/callback";

const document = (more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    client_id: CLIENT_ID,
    client_name: "Acme Notes",
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...more,
  });

const GOOD = {
  client_id: CLIENT_ID,
  redirect_uri: SENT,
  response_type: "code",
  scope: "notes:read",
  state: "x",
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_challenge_method: "S256",
  resource: "https://mcp.acme.dev/mcp",
};

/** A URL as a client opens it; a parameter that is undefined is left out. */
function pasted(change: Readonly<Record<string, string | undefined>> = {}, more = ""): string {
  const url = new URL("https://auth.acme.dev/authorize");
  for (const [name, value] of Object.entries({ ...GOOD, ...change }))
    if (value !== undefined) url.searchParams.append(name, value);
  return `${url.href}${more}`;
}

/** Servers of which the endpoint is known, and one of which it is not. */
const SERVERS = ["fastmcp", "oidc-provider", "cloudflare-workers-oauth-provider", "home-assistant"];

function ask(url: string, text = document(), options: { scope?: string; method?: string } = {}) {
  const { findings, answers } = matchAuthorizationRequest(text, url, { servers: SERVERS, ...options });
  return {
    findings: findings.map(({ part, severity, message }) => `${severity} ${part}: ${message}`),
    outcomes: Object.fromEntries(answers.map(({ server, outcome }) => [server, outcome])),
    answers,
  };
}

const all = (outcome: string) => Object.fromEntries(SERVERS.map((server) => [server, outcome]));

describe("a pasted authorization URL", () => {
  it("that is right in every part", () => {
    expect(ask(pasted())).toMatchObject({ findings: [], outcomes: all("allowed") });
  });

  it("with another path in its redirect URI", () => {
    const { findings, outcomes, answers } = ask(
      pasted({ redirect_uri: "http://127.0.0.1:19876/mcp/oauth/callback" }),
    );
    expect(findings).toEqual([]);
    expect(outcomes).toEqual(all("refused"));
    expect(answers[0]?.nearest).toEqual({ entry: "http://127.0.0.1/callback", differs: ["port", "path"] });
  });

  it("with the client ID of a registration", () => {
    const { findings, outcomes } = ask(pasted({ client_id: "b6f0a9d2" }));
    expect(findings).toEqual([
      "error client_id: client_id is b6f0a9d2, no URL: the client was registered before, so the document is not read. Remove that registration in the client.",
    ]);
    expect(outcomes).toEqual(all("refused"));
  });

  it("with the URL of another document", () => {
    const { findings, outcomes } = ask(pasted({ client_id: `${CLIENT_ID}/` }));
    expect(findings).toEqual([
      "error client_id: client_id is https://app.acme.dev/client.json/, and the document's URL is https://app.acme.dev/client.json: the server reads another document, or refuses the difference. Let the client send the document's URL, character by character.",
    ]);
    expect(outcomes).toEqual(all("refused"));
    expect(ask(pasted({ client_id: undefined })).findings[0]).toMatch(/^error client_id: The request has no/);
  });

  it("with another response type", () => {
    const { findings, outcomes } = ask(pasted({ response_type: "token" }));
    expect(findings).toEqual(["error response_type: response_type is token, and the document has code."]);
    expect(outcomes).toEqual({ ...all("refused"), "home-assistant": "unknown" });
    const both = document({ response_types: ["code", "token"] });
    expect(ask(pasted({ response_type: "token" }), both).findings).toEqual([
      "error response_type: response_type is token; OAuth 2.1 and MCP have code only.",
    ]);
    expect(ask(pasted({ response_type: undefined })).findings[0]).toMatch(/has no response_type/);
  });

  it("with a scope that the document does not list", () => {
    const { findings, outcomes, answers } = ask(
      pasted({ scope: "notes:read notes:write" }),
      document({ scope: "notes:read" }),
    );
    expect(findings).toEqual([
      "warning scope: The request asks for the scopes notes:write, and the document's scope does not list them. Some servers refuse that, others leave them out.",
    ]);
    expect(outcomes["fastmcp"]).toBe("refused");
    expect(answers[0]?.reason).toBe("Client was not registered with scope notes:write");
    expect(outcomes["cloudflare-workers-oauth-provider"]).toBe("allowed");
    expect(outcomes["home-assistant"]).toBe("unknown");
    expect(ask(pasted({ scope: "anything" })).findings).toEqual([]);
  });

  it("without PKCE, with plain, or with a challenge that is none", () => {
    const without = ask(pasted({ code_challenge: undefined, code_challenge_method: undefined }));
    expect(without.findings).toEqual([
      "error code_challenge: The request has no code_challenge. MCP clients must use PKCE with S256, and many servers refuse a public client without it.",
    ]);
    expect(without.outcomes).toEqual({ ...all("refused"), "home-assistant": "unknown" });
    expect(without.answers[1]?.reason).toBe(
      "Authorization Server policy requires PKCE to be used for this request",
    );
    const plain = ask(pasted({ code_challenge_method: "plain" }));
    expect(plain.findings).toEqual([
      "error code_challenge: code_challenge_method is plain. MCP clients must use S256.",
    ]);
    expect(plain.outcomes).toEqual({ ...all("refused"), "home-assistant": "unknown" });
    const unnamed = ask(pasted({ code_challenge_method: undefined }));
    expect(unnamed.findings[0]).toMatch(/no code_challenge_method, which means plain/);
    expect(unnamed.outcomes).toMatchObject({ fastmcp: "allowed", "oidc-provider": "refused" });
    expect(ask(pasted({ code_challenge: "short" })).findings[0]).toMatch(/is not what S256 gives/);
  });

  it("with a prompt that gets in the way", () => {
    const faults = (prompt: string | undefined, scope?: string) =>
      ask(pasted({ prompt, ...(scope === undefined ? {} : { scope }) })).findings;
    expect(faults("none")).toEqual([
      'warning prompt: prompt is "none": it fails for everyone who has not signed in and agreed before.',
    ]);
    expect(faults("none login")).toEqual([
      'error prompt: prompt has "none" beside other values, which is an error.',
    ]);
    expect(faults("ask")[0]).toMatch(/^warning prompt: prompt is ask, which is none of the values/);
    expect(faults(undefined, "notes:read offline_access")).toEqual([
      "warning prompt: The request asks for offline_access without prompt=consent. Servers that follow OpenID Connect give no refresh token then.",
    ]);
    expect(faults("consent", "notes:read offline_access")).toEqual([]);
    expect(ask(pasted({ prompt: "none login" })).outcomes["oidc-provider"]).toBe("refused");
  });

  it("with a parameter sent twice", () => {
    const { findings, outcomes } = ask(pasted({}, "&scope=more"));
    expect(findings).toEqual([
      "error request: scope is sent more than once, which OAuth forbids. Let the client send it once.",
    ]);
    expect(outcomes).toMatchObject({ "oidc-provider": "refused", "home-assistant": "unknown" });
    expect(ask(pasted({}, "&resource=https://other.acme.dev/mcp")).findings).toEqual([]);
  });

  it("whose parameters were pushed", () => {
    const url = `https://auth.acme.dev/authorize?client_id=${encodeURIComponent(CLIENT_ID)}&request_uri=urn:x`;
    const { findings, outcomes } = ask(url);
    expect(findings).toEqual([
      "information request: The request was pushed: its other parameters are behind request_uri, and the URL does not show them.",
    ]);
    expect(outcomes).toEqual(all("unknown"));
  });

  it("without a redirect URI", () => {
    const { findings, outcomes } = ask(pasted({ redirect_uri: undefined }));
    expect(findings).toEqual([
      "error redirect_uri: The request has no redirect_uri, and the document lists several. Let the client send one of them.",
    ]);
    expect(outcomes).toEqual(all("refused"));
    const one = document({ redirect_uris: ["http://127.0.0.1/callback"] });
    const only = ask(pasted({ redirect_uri: undefined }), one);
    expect(only.findings[0]).toMatch(/Some servers take the only entry/);
    expect(only.outcomes).toMatchObject({
      fastmcp: "allowed",
      "cloudflare-workers-oauth-provider": "refused",
      "home-assistant": "unknown",
    });
  });

  it("without the MCP server's URL", () => {
    expect(ask(pasted({ resource: undefined })).findings).toEqual([
      "warning resource: The request has no resource. MCP clients must send the URL of the MCP server.",
    ]);
    expect(ask(pasted({ resource: undefined }), document({ scope: "atproto notes:read" })).findings).toEqual(
      [],
    );
    expect(ask(pasted({ resource: "mcp" })).findings[0]).toMatch(
      /must be an absolute URL without a fragment/,
    );
  });
});

describe("a redirect URI with what is said beside it", () => {
  it("compares scope and method", () => {
    const text = document({ scope: "notes:read" });
    const { findings, outcomes } = ask(SENT, text, { scope: "admin", method: "private_key_jwt" });
    expect(findings).toEqual([
      'error method: The client authenticates with "private_key_jwt", and the document says "none".',
      "warning scope: The request asks for the scopes admin, and the document's scope does not list them. Some servers refuse that, others leave them out.",
    ]);
    expect(outcomes["fastmcp"]).toBe("refused");
    const right = ask(SENT, text, { scope: "notes:read", method: "none" });
    expect(right.findings).toEqual([]);
    expect(right.outcomes).toMatchObject({ fastmcp: "allowed", "home-assistant": "allowed" });
  });

  it("takes any method of the list", () => {
    const text = document({ token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] });
    expect(ask(SENT, text, { method: "private_key_jwt" }).findings).toEqual([]);
  });
});

describe("what is an authorization URL", () => {
  it.each([
    ["https://app.acme.dev/cb?client_id=1", false],
    ["https://app.acme.dev/cb?request=1", false],
    ["http://127.0.0.1/callback", false],
    ["com.acme.notes:/cb?client_id=1&redirect_uri=x", false],
    ["not a URL", false],
    ["https://auth.acme.dev/authorize?client_id=1&response_type=code", true],
    ["  http://localhost:8000/authorize?response_type=code&redirect_uri=x\n", true],
  ])("%j: %s", (text, whole) => {
    expect(readAuthorizationUrl(text) !== undefined).toBe(whole);
  });

  it("is read from the source of a page, too", () => {
    const url = pasted({ scope: "a b" });
    expect(readAuthorizationUrl(url.replaceAll("&", "&amp;"))).toEqual(readAuthorizationUrl(url));
  });

  it("an empty parameter is an absent one", () => {
    expect(readAuthorizationUrl(pasted({ scope: "", prompt: "" }))).toMatchObject({
      scope: undefined,
      prompt: undefined,
    });
  });
});

describe("what is known of authorization endpoints", () => {
  it("is about known servers, with a source", () => {
    for (const [id, { evidence }] of REQUEST_PROFILES) {
      expect(serverById(id)?.id).toBe(id);
      for (const { url } of evidence) expect(url).toMatch(/^https:\/\//);
    }
  });

  it.each([...REQUEST_PROFILES.keys()])("%s takes a right request and refuses plain", (id) => {
    const profile = REQUEST_PROFILES.get(id);
    const refusal = (url: string) => {
      const request = readAuthorizationUrl(url);
      if (!request) throw new Error("no request");
      return profile?.constraints
        .map((constraint) => constraint(request, new ClientMetadataDocument(document())))
        .find((reason) => reason !== undefined);
    };
    const scope = "atproto mcp:access";
    expect(refusal(pasted({ scope }))).toBeUndefined();
    expect(refusal(pasted({ scope, code_challenge_method: "plain" }))).toMatch(
      /S256|plain|not supported|Invalid/,
    );
    expect(refusal(pasted({ scope, code_challenge: undefined, code_challenge_method: undefined }))).toMatch(
      /PKCE|pkce|code_challenge/,
    );
    expect(refusal(pasted({ scope, response_type: "token" }))).toMatch(
      /response.type|authorization code flow/,
    );
  });
});
