import { afterAll, describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { atproto } from "../../server/src/servers/atproto/atproto.js";
import { betterAuth, betterAuthMcp } from "../../server/src/servers/better-auth/better-auth.js";
import { evaluate, isRefusal } from "../../server/src/servers/evaluate.js";
import { AtprotoEngine } from "./support/atprotoEngine.js";
import { BetterAuthEngine } from "./support/betterAuthEngine.js";
import { letSecondInvalidUrlGo } from "./support/zodRejections.js";

const ENGINES = [
  { profile: betterAuth, engine: new BetterAuthEngine() },
  { profile: betterAuthMcp, engine: new BetterAuthEngine("mcp-2026-07-28") },
  { profile: atproto, engine: await AtprotoEngine.create() },
] as const;
afterAll(letSecondInvalidUrlGo());

const CLIENT_ID = "https://agent.acme.dev/oauth/client.json";

/**
 * The shapes of documents that people publish, in our own words, and the rules for which each server refuses them; `[]`
 * where it loads them.
 */
const SHAPES: readonly {
  readonly shape: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly refused: Readonly<Record<"better-auth" | "better-auth-mcp" | "atproto", readonly string[]>>;
}[] = [
  {
    shape: "a command line client: the loopback pair without ports, nothing about authentication",
    members: {
      client_name: "Acme Code",
      redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
    refused: {
      "better-auth": [],
      "better-auth-mcp": [],
      atproto: ["atproto/auth-method-explicit", "atproto/dpop", "atproto/redirect-loopback", "atproto/scope"],
    },
  },
  {
    shape: "a hosted connector with a jwt-bearer grant",
    members: {
      client_name: "Acme",
      redirect_uris: ["https://agent.acme.dev/api/mcp/auth_callback"],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    refused: {
      "better-auth": [],
      "better-auth-mcp": [],
      atproto: ["atproto/dpop", "atproto/grant-types", "atproto/scope"],
    },
  },
  {
    shape: "a confidential connector with keys at its own origin and a logo elsewhere",
    members: {
      client_name: "Acme Chat",
      logo_uri: "https://cdn.acme.net/logo.png",
      redirect_uris: ["https://agent.acme.dev/connector/callback"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      token_endpoint_auth_signing_alg: "RS256",
      jwks_uri: "https://agent.acme.dev/oauth/jwks.json",
    },
    refused: { "better-auth": [], "better-auth-mcp": [], atproto: ["atproto/dpop", "atproto/scope"] },
  },
  {
    shape: "an editor: device grant, home page and logo on a sibling host, a root path on loopback",
    members: {
      client_name: "Acme Studio",
      client_uri: "https://studio.acme.dev",
      redirect_uris: ["http://127.0.0.1:33418/", "https://agent.acme.dev/redirect"],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    refused: {
      "better-auth": ["client-uri/same-host"],
      "better-auth-mcp": ["client-uri/same-host"],
      atproto: [
        "atproto/client-uri",
        "atproto/dpop",
        "atproto/grant-types",
        "atproto/redirect-loopback",
        "atproto/scope",
      ],
    },
  },
  {
    shape: "an editor whose scheme is its name",
    members: {
      client_name: "Acme",
      redirect_uris: ["acme://anysphere.acme-mcp/oauth/callback"],
      token_endpoint_auth_method: "none",
      application_type: "native",
    },
    refused: {
      "better-auth": ["redirect-uris/private-use-slashes"],
      "better-auth-mcp": ["redirect-uris/private-use-slashes"],
      atproto: ["atproto/dpop", "atproto/scope", "redirect-uris/private-use-reverse-domain"],
    },
  },
  {
    shape: "what FastMCP's command line writes: any port by wildcard",
    members: {
      client_name: "Acme",
      redirect_uris: ["http://localhost:*/callback"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    refused: {
      "better-auth": ["redirect-uris/wildcard-port"],
      "better-auth-mcp": ["redirect-uris/wildcard-port"],
      atproto: ["atproto/dpop", "atproto/scope", "redirect-uris/wildcard-port"],
    },
  },
  {
    shape: "an atproto app for phones",
    members: {
      client_name: "Acme Sky",
      client_uri: "https://agent.acme.dev",
      redirect_uris: ["dev.acme.agent:/callback"],
      scope: "atproto transition:generic",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      application_type: "native",
      dpop_bound_access_tokens: true,
    },
    refused: { "better-auth": ["scope/present"], "better-auth-mcp": ["scope/present"], atproto: [] },
  },
  {
    shape: "a service with no redirect and no name",
    members: { grant_types: ["client_credentials"], token_endpoint_auth_method: "none" },
    refused: {
      "better-auth": [],
      "better-auth-mcp": ["client-name/missing", "redirect-uris/missing"],
      atproto: ["atproto/dpop", "atproto/grant-types", "atproto/scope", "redirect-uris/missing"],
    },
  },
];

describe.each(SHAPES)("$shape", ({ members, refused }) => {
  const text = JSON.stringify({ client_id: CLIENT_ID, ...members });

  it.each(ENGINES)("$profile.id", async ({ profile, engine }) => {
    const { reasons } = evaluate(new ClientMetadataDocument(text), profile);
    const rules = new Set(reasons.filter(isRefusal).map(({ rule }) => rule));
    const expected = refused[profile.id as keyof typeof refused];
    expect([...rules].sort()).toEqual(expected);
    expect((await engine.load(CLIENT_ID, text)).loads).toBe(expected.length === 0);
  });
});
