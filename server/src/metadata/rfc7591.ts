import { cimd, mcp, rfc } from "../specifications/sources.js";
import { AUTH_METHODS } from "./authMethods.js";
import type { Field, FieldValue } from "./field.js";

/** Grant types: RFC 7591 §2 and the specifications that define the others. No registry keeps them. */
export const GRANT_TYPES: readonly FieldValue[] = [
  { value: "authorization_code", summary: "A person signs in and the client exchanges the code it gets." },
  { value: "refresh_token", summary: "The client renews access without the person." },
  { value: "client_credentials", summary: "The client acts for itself; needs client authentication." },
  {
    value: "urn:ietf:params:oauth:grant-type:device_code",
    summary: "Sign-in on a second device (RFC 8628).",
  },
  {
    value: "urn:ietf:params:oauth:grant-type:token-exchange",
    summary: "Swaps one token for another (RFC 8693).",
  },
  { value: "urn:ietf:params:oauth:grant-type:jwt-bearer", summary: "A JWT as the grant (RFC 7523)." },
  {
    value: "urn:ietf:params:oauth:grant-type:saml2-bearer",
    summary: "A SAML assertion as the grant (RFC 7522).",
  },
  {
    value: "urn:ietf:params:oauth:grant-type:uma-ticket",
    summary: "A permission ticket as the grant (UMA 2.0).",
  },
  {
    value: "urn:openid:params:grant-type:ciba",
    summary: "Sign-in that the client starts in the background (CIBA).",
  },
  {
    value: "urn:ietf:params:oauth:grant-type:pre-authorized_code",
    summary: "A code handed over with a credential offer (OpenID4VCI).",
  },
  {
    value: "implicit",
    summary: "Tokens in the redirect; RFC 9700 §2.1.2 advises against it.",
    discouraged: true,
  },
  { value: "password", summary: "The person's password; RFC 9700 §2.4 forbids it.", discouraged: true },
];

/** Response types of the IANA registry; the order of the words in one does not matter. */
export const RESPONSE_TYPES: readonly FieldValue[] = [
  { value: "code", summary: "An authorization code." },
  { value: "code id_token", summary: "A code and an ID token." },
  { value: "id_token", summary: "Only an ID token." },
  { value: "none", summary: "Neither a code nor a token." },
  { value: "vp_token", summary: "A verifiable presentation." },
  { value: "vp_token id_token", summary: "A verifiable presentation and an ID token." },
  ...["token", "code token", "code id_token token", "id_token token"].map((value) => ({
    value,
    summary: "An access token in the redirect; RFC 9700 §2.1.2 advises against it.",
    discouraged: true as const,
  })),
];

/** Client metadata of RFC 7591 §2 and §3.2.1. */
export const RFC7591_FIELDS: readonly Field[] = [
  {
    name: "client_id",
    kind: "url",
    https: true,
    status: "registered",
    required: [cimd("4"), mcp("client-registration")],
    summary:
      "The client identifier URL: the client's name to every server and, at the same time, the address this document is read from. It has to equal that address character by character.",
    examples: ["https://app.example.com/oauth/client.json"],
    spec: cimd("3"),
  },
  {
    name: "client_name",
    kind: "string",
    i18n: true,
    status: "registered",
    required: [mcp("client-registration")],
    summary:
      "The name people see on the consent screen. It is the client's own claim, so servers show the host name with it.",
    examples: ["Example Notes"],
    spec: rfc(7591, "2"),
  },
  {
    name: "redirect_uris",
    kind: "url[]",
    status: "registered",
    required: [mcp("client-registration")],
    summary:
      "The addresses a server may send people back to with the authorization response. Each is compared as a plain string; a loopback address without a port stands for every port.",
    examples: [
      ["http://127.0.0.1/callback", "http://localhost/callback"],
      ["https://app.example.com/oauth/callback"],
      ["com.example.app:/callback"],
    ],
    spec: rfc(7591, "2"),
  },
  {
    name: "token_endpoint_auth_method",
    kind: "string",
    status: "registered",
    values: AUTH_METHODS,
    summary:
      "How the client authenticates at the token endpoint. Always write it: without it RFC 7591 assumes `client_secret_basic`, newer drafts assume `none`, and servers follow one or the other.",
    examples: ["none", "private_key_jwt"],
    spec: rfc(7591, "2"),
  },
  {
    name: "grant_types",
    kind: "string[]",
    status: "registered",
    values: GRANT_TYPES,
    default: ["authorization_code"],
    summary: "The grants the client wants to use. List `refresh_token` to be allowed to renew access.",
    examples: [["authorization_code", "refresh_token"], ["authorization_code"]],
    spec: rfc(7591, "2"),
  },
  {
    name: "response_types",
    kind: "string[]",
    status: "registered",
    values: RESPONSE_TYPES,
    default: ["code"],
    summary:
      "What the client will ask the authorization endpoint for. Goes together with `grant_types`: `code` belongs to `authorization_code`.",
    examples: [["code"]],
    spec: rfc(7591, "2"),
  },
  {
    name: "client_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary: "A page about the client, usually its home page; servers may link the name to it.",
    examples: ["https://app.example.com/"],
    spec: rfc(7591, "2"),
  },
  {
    name: "logo_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary:
      "An image for the consent screen. Careful servers fetch a copy instead of letting the browser load it.",
    examples: ["https://app.example.com/logo.png"],
    spec: rfc(7591, "2"),
  },
  {
    name: "scope",
    kind: "string",
    status: "registered",
    summary:
      "The scopes the client may ask for: one string with a space between two scopes. A client of many servers usually leaves it out.",
    examples: ["read write", "openid profile"],
    spec: rfc(7591, "2"),
  },
  {
    name: "contacts",
    kind: "string[]",
    status: "registered",
    summary: "How to reach the people responsible for the client, usually e-mail addresses.",
    examples: [["security@example.com"]],
    spec: rfc(7591, "2"),
  },
  {
    name: "tos_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary: "The client's terms of service, for people to read.",
    examples: ["https://app.example.com/terms"],
    spec: rfc(7591, "2"),
  },
  {
    name: "policy_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary: "The client's privacy policy: what it does with the data it is given.",
    examples: ["https://app.example.com/privacy"],
    spec: rfc(7591, "2"),
  },
  {
    name: "jwks_uri",
    kind: "url",
    https: true,
    status: "registered",
    summary:
      "Where the client's public keys are. Better than `jwks`, because keys can change without touching this document; never use both.",
    examples: ["https://app.example.com/oauth/jwks.json"],
    spec: rfc(7591, "2"),
  },
  {
    name: "jwks",
    kind: "object",
    status: "registered",
    summary: "The client's public keys as a JWK Set. Public halves only, and not together with `jwks_uri`.",
    examples: [{ keys: [] }],
    spec: rfc(7591, "2"),
  },
  {
    name: "software_id",
    kind: "string",
    status: "registered",
    summary:
      "One identifier for the program, the same in every installation and version; a UUID is suggested.",
    examples: ["4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"],
    spec: rfc(7591, "2"),
  },
  {
    name: "software_version",
    kind: "string",
    status: "registered",
    summary: "The version of the program that `software_id` names.",
    examples: ["2.1.0"],
    spec: rfc(7591, "2"),
  },
  {
    name: "software_statement",
    kind: "string",
    status: "other",
    summary:
      "A signed JWT in which a third party vouches for facts about the software. Its claims take precedence over the members of the document.",
    examples: ["eyJhbGciOiJFUzI1NiJ9.eyJzb2Z0d2FyZV9pZCI6IjRmMGM2ZjZlIn0.c2lnbmF0dXJl"],
    spec: rfc(7591, "2.3"),
  },
  {
    name: "client_id_issued_at",
    kind: "integer",
    status: "registered",
    responseOnly: true,
    summary:
      "When a server issued the identifier, in seconds since 1970. Part of a registration response; useless in a document.",
    examples: [1767225600],
    spec: rfc(7591, "3.2.1"),
  },
  {
    name: "client_secret",
    kind: "string",
    status: "prohibited",
    prohibited: cimd("4.1"),
    summary: "A secret shared with one server. The document is public, so it must not be here.",
    examples: [""],
    spec: rfc(7591, "3.2.1"),
  },
  {
    name: "client_secret_expires_at",
    kind: "integer",
    status: "prohibited",
    prohibited: cimd("4.1"),
    summary: "When a client secret expires. There is no secret, so it must not be here.",
    examples: [0],
    spec: rfc(7591, "3.2.1"),
  },
];

/** What a registration response adds (RFC 7592 §3). */
export const RFC7592_FIELDS: readonly Field[] = [
  {
    name: "registration_access_token",
    kind: "string",
    status: "prohibited",
    prohibited: rfc(7592, "3"),
    summary:
      "A bearer token that lets its holder change a registration. Anybody can read the document, so it must not be here.",
    examples: [""],
    spec: rfc(7592, "3"),
  },
  {
    name: "registration_client_uri",
    kind: "url",
    status: "registered",
    responseOnly: true,
    summary: "Where a registration can be managed. Part of a registration response; useless in a document.",
    examples: ["https://server.example.com/register/s6BhdRkqt3"],
    spec: rfc(7592, "3"),
  },
];
