import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, match, olderProfile } from "../../server/src/servers/evaluate.js";
import { fastmcp } from "../../server/src/servers/fastmcp/fastmcp.js";
import { fastmcp3 } from "../../server/src/servers/fastmcp/fastmcp-3.js";
import type { Effect, OlderRelease, ServerProfile } from "../../server/src/servers/profile.js";
import { BASE } from "./fixtures/fastmcpDocuments.js";

const documentWith = (members: Readonly<Record<string, unknown>>) =>
  new ClientMetadataDocument(JSON.stringify({ ...BASE, ...members }));
const decide = (server: ServerProfile, redirectUri: string, ...entries: string[]) =>
  match(server, documentWith({ redirect_uris: entries }), redirectUri);

describe("FastMCP at the authorization endpoint", () => {
  it.each([
    ["http://localhost:80/x", "http://localhost/x"],
    ["http://localhost:5000", "http://localhost:*"],
    ["http://localhost:1/a/../cb", "http://localhost/cb"],
    ["http:\\\\localhost:1\\cb", "http://localhost/cb"],
    ["http://LOCALHOST:1/cb", "http://localhost/cb"],
    ["http://127.1:1/cb", "http://127.0.0.1/cb"],
    ["http://[0:0:0:0:0:0:0:1]:1/cb", "http://[::1]/cb"],
    ["https://bücher.example/cb", "https://xn--bcher-kva.example/cb"],
    ["https://app.example.com/cb?x=1#f", "https://app.example.com/cb"],
    ["cursor://anysphere.cursor-retrieval/oauth/cb", "cursor://anysphere.cursor-retrieval/*"],
  ])("lets %s through for %s", (redirectUri, entry) => {
    expect(decide(fastmcp, redirectUri, entry)).toEqual({
      server: "fastmcp",
      outcome: "allowed",
      matchedBy: entry,
    });
  });

  it.each([
    [
      "http://localhost:1/other",
      "http://localhost/cb",
      "Redirect URI 'http://localhost:1/other' does not match CIMD redirect_uris.",
    ],
    ["javascript:alert(1)", "javascript://x/*", "Redirect URI 'javascript:alert(1)' uses an unsafe scheme."],
    [
      "http://app.example.com/cb",
      "http://app.example.com/cb",
      "Redirect URI 'http://app.example.com/cb' is not allowed for application_type 'None'.",
    ],
    ["/cb", "http://localhost/cb", "redirect_uri: Input should be a valid URL, relative URL without a base"],
    ["", "http://localhost/cb", "redirect_uri: Input should be a valid URL, input is empty"],
    [
      "http://localhost:99999/cb",
      "http://localhost:*/cb",
      "redirect_uri: Input should be a valid URL, invalid port number",
    ],
    [
      "http://u@localhost:1/cb",
      "http://localhost/cb",
      "Redirect URI 'http://u@localhost:1/cb' does not match CIMD redirect_uris.",
    ],
  ])("refuses %s for %s: %s", (redirectUri, entry, reason) => {
    expect(decide(fastmcp, redirectUri, entry)).toEqual({ server: "fastmcp", outcome: "refused", reason });
  });

  it("takes the first entry that matches", () => {
    const entries = ["http://127.0.0.1/cb", "http://localhost:*", "http://localhost/cb"];
    expect(decide(fastmcp, "http://localhost:7/cb", ...entries).matchedBy).toBe("http://localhost:*");
  });

  it("refuses the document before it looks at the redirect URI", () => {
    expect(decide(fastmcp3, "http://localhost/cb", "com.example.app:/cb")).toMatchObject({
      outcome: "document-refused",
      reason: "redirect_uris: CIMD redirect_uri must have a host: 'com.example.app:/cb'",
    });
  });

  it("keeps plain http to public hosts on 3.4", () => {
    expect(decide(fastmcp3, "http://app.example.com/cb", "http://app.example.com/cb").outcome).toBe(
      "allowed",
    );
  });

  it("knows three loopback names on 3.4", () => {
    expect(decide(fastmcp3, "http://127.0.0.2:1/cb", "http://127.0.0.2/cb").outcome).toBe("refused");
    expect(decide(fastmcp, "http://127.0.0.2:1/cb", "http://127.0.0.2/cb").outcome).toBe("allowed");
  });
});

describe("what an entry is good for on FastMCP", () => {
  it.each([
    ["http://localhost:*/callback", "works"],
    ["http://localhost/callback", "works"],
    ["http://[::1]/callback", "works"],
    ["https://app.example.com/cb", "works"],
    ["https://app.example.com:443/cb", "works"],
    ["https://APP.example.com/cb", "works"],
    ["https://*.example.com/cb", "works"],
    ["https://app.example.com/auth/*", "works"],
    ["https://app.example.com/cb[0-9]", "works", "redirect-uris/illegal-character"],
    ["https://app.example.com/cb[!0-9]/x", "works", "redirect-uris/illegal-character"],
    ["https://app.example.com/cb[", "works"],
    ["cursor://host/cb", "works"],
    ["urn:ietf:wg:oauth:2.0:oob", "works"],
    ["https://app.example.com/", "works", "redirect-uris/root-path-open"],
    ["http://localhost", "works", "redirect-uris/root-path-open"],
    ["http://localhost:3000/cb", "limited", "redirect-uris/fixed-loopback-port"],
    ["https://user@app.example.com/cb", "limited", "redirect-uris/userinfo"],
    ["javascript://x/y", "never", "redirect-uris/unsafe-scheme"],
    ["http://app.example.com/cb", "never", "redirect-uris/http-non-loopback"],
    ["http://*.example.com/cb", "never", "redirect-uris/http-non-loopback"],
    ["https://app.example.com/a/../cb", "never", "redirect-uris/dot-segment"],
    ["https://app.example.com/a/%2e%2e/cb", "never", "redirect-uris/dot-segment"],
    ["https://*", "never", "redirect-uris/wildcard-malformed"],
    ["https://app.*.com/cb", "never", "redirect-uris/wildcard-malformed"],
    ["http://localhost:30*/cb", "never", "redirect-uris/wildcard-malformed"],
    ["https://bücher.example/cb", "never", "redirect-uris/never-matches"],
    ["https://app.example.com/a b", "never", "redirect-uris/never-matches"],
    ["https://app.example.com/é", "never", "redirect-uris/never-matches"],
    ["http://[0:0:0:0:0:0:0:1]/cb", "never", "redirect-uris/never-matches"],
    ["https://127.1/cb", "never", "redirect-uris/never-matches"],
    ["http://localhost:99999/cb", "never", "redirect-uris/never-matches"],
  ] as const)("%s %s", (entry, outcome, rule?: string) => {
    const { signIn, reasons } = evaluate(documentWith({ redirect_uris: [entry] }), fastmcp);
    expect(signIn).toEqual([{ entry, outcome }]);
    const rules = reasons
      .filter(({ pointer }) => pointer === "/redirect_uris/0")
      .map((reason) => reason.rule);
    expect(rules).toEqual(rule === undefined ? [] : [rule]);
  });

  it("leaves plain http to public hosts alone on 3.4", () => {
    const { signIn } = evaluate(documentWith({ redirect_uris: ["http://app.example.com/cb"] }), fastmcp3);
    expect(signIn[0]?.outcome).toBe("works");
  });

  it("is never better than what the matcher says of the entry's own text", () => {
    const part = (...options: string[]) => fc.constantFrom(...options);
    const entry = fc
      .tuple(
        part("http://", "https://", "cursor://", "HTTPS://"),
        part("", "u@", "u:p@"),
        part(
          "localhost",
          "127.0.0.1",
          "[::1]",
          "app.example.com",
          "APP.example.com",
          "127.1",
          "bücher.example",
        ),
        part("", ":443", ":80", ":3000", ":99999"),
        part("", "/", "/cb", "/a b", "/é", "/a/../b", "/cb;p", "/%7Ex"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(entry, (text) => {
        const document = documentWith({ redirect_uris: [text] });
        const outcome = evaluate(document, fastmcp).signIn[0]?.outcome;
        const asWritten = match(fastmcp, document, text).outcome;
        if (outcome === "never") expect(asWritten).toBe("refused");
        if (outcome === "works") expect(asWritten).toBe("allowed");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("FastMCP beyond loading", () => {
  const flow = (members: Readonly<Record<string, unknown>>, server: ServerProfile = fastmcp) =>
    evaluate(documentWith(members), server)
      .reasons.filter(({ pointer }) => !pointer?.startsWith("/redirect_uris/"))
      .map(({ stage, effect, rule, pointer }) => [stage, effect, rule, pointer]);
  const refresh = ["token", "limits", "grant-types/no-refresh"] as const;
  const parameter = ["authorize", "note", "redirect-uris/wildcard-single", "/redirect_uris"] as const;
  const single = { redirect_uris: ["http://localhost/cb"] };
  const complete = { ...single, grant_types: ["authorization_code", "refresh_token"] };
  const signed = { ...complete, token_endpoint_auth_method: "private_key_jwt" };
  const rsa = { kty: "RSA", kid: "1", n: "AQAB", e: "AQAB" };
  const blocks = (rule: string, pointer: string): [string, Effect, string, string] => [
    "token",
    "blocks",
    rule,
    pointer,
  ];

  it.each([
    ["nothing to say", complete, []],
    ["grant_types left out", single, [[...refresh, undefined]]],
    ["no refresh_token", { ...single, grant_types: ["authorization_code"] }, [[...refresh, "/grant_types"]]],
    [
      "no grant",
      { ...single, grant_types: [] },
      [blocks("grant-types/code-mismatch", "/grant_types"), [...refresh, "/grant_types"]],
    ],
    ["a wildcard", { ...complete, redirect_uris: BASE.redirect_uris }, [parameter]],
    [
      "two redirect URIs",
      { ...complete, redirect_uris: ["http://localhost/a", "http://localhost/b"] },
      [parameter],
    ],
    ["scope", { ...complete, scope: "a" }, [["authorize", "limits", "scope/present", "/scope"]]],
    ["empty scope", { ...complete, scope: "" }, []],
    ["no keys", signed, [blocks("auth-method/private-key-jwt-no-keys", "/token_endpoint_auth_method")]],
    [
      "an empty key set object",
      { ...signed, jwks: {} },
      [blocks("auth-method/private-key-jwt-no-keys", "/token_endpoint_auth_method")],
    ],
    ["an empty key set", { ...signed, jwks: { keys: [] } }, [blocks("jwks/empty", "/jwks")]],
    ["an RSA key", { ...signed, jwks: { keys: [{ kty: "EC" }, rsa] } }, []],
    [
      "only an Ed25519 key",
      { ...signed, jwks: { keys: [{ kty: "OKP" }] } },
      [blocks("auth-signing-alg/fastmcp-rs256", "/jwks")],
    ],
    ["only an EC key", { ...signed, jwks: { keys: [{ kty: "EC" }] } }, []],
    [
      "an EC key beside jwks_uri",
      { ...signed, jwks: { keys: [{ kty: "EC" }] }, jwks_uri: "https://app.example.com/k" },
      [],
    ],
    [
      "EdDSA",
      { ...signed, jwks_uri: "https://app.example.com/k", token_endpoint_auth_signing_alg: "EdDSA" },
      [blocks("auth-signing-alg/fastmcp-rs256", "/token_endpoint_auth_signing_alg")],
    ],
    [
      "ES256",
      { ...signed, jwks_uri: "https://app.example.com/k", token_endpoint_auth_signing_alg: "ES256" },
      [],
    ],
    [
      "RS256",
      { ...signed, jwks_uri: "https://app.example.com/k", token_endpoint_auth_signing_alg: "RS256" },
      [],
    ],
    [
      "keys of a public client",
      { ...complete, jwks: { keys: [] }, token_endpoint_auth_signing_alg: "ES256" },
      [],
    ],
  ])("%s", (_, members, expected) => {
    expect(flow(members)).toEqual(expected);
  });

  it.each([
    ["only an EC key", { ...signed, jwks: { keys: [{ kty: "EC" }] } }, "/jwks"],
    [
      "ES256",
      { ...signed, jwks_uri: "https://app.example.com/k", token_endpoint_auth_signing_alg: "ES256" },
      "/token_endpoint_auth_signing_alg",
    ],
  ])("on FastMCP 3 and before 4.1.2, %s", (_, members, pointer) => {
    const expected = [blocks("auth-signing-alg/fastmcp-rs256", pointer)];
    const older = fastmcp.changes?.find(({ before }) => before === "4.1.2") as OlderRelease;
    expect(flow(members, fastmcp3)).toEqual(expected);
    expect(flow(members, olderProfile(fastmcp, older))).toEqual(expected);
  });

  it("gives the token endpoint's own words", () => {
    const { reasons } = evaluate(documentWith(single), fastmcp);
    expect(reasons.find(({ stage }) => stage === "token")?.message).toBe(
      "Unsupported grant type (supported grant types are ['authorization_code'])",
    );
  });
});
