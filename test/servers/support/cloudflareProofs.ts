import { type DocumentCase, documentWith } from "./documents.js";

const HTTPS = "https://app.acme.dev/callback";

function members(more: Readonly<Record<string, unknown>>): DocumentCase {
  return documentWith([HTTPS], more);
}

function at(url: string): DocumentCase {
  return members({ client_id: url });
}

function redirect(uri: string): DocumentCase {
  return documentWith([uri]);
}

const EC = { kty: "EC", crv: "P-256", x: "AA", y: "AA" };
const RSA = { kty: "RSA", n: "AA", e: "AQAB" };
const PADDING = "x".repeat(5120);

function keyed(jwks: unknown, more: Readonly<Record<string, unknown>> = {}): DocumentCase {
  return members({
    token_endpoint_auth_method: "private_key_jwt",
    jwks,
    ...more,
  });
}

/**
 * For every constraint on which Cloudflare's library refuses a document, documents that it refuses for nothing else:
 * without the constraint the profile would be wrong about them.
 */
export const CLOUDFLARE_PROOFS: Readonly<Record<string, readonly DocumentCase[]>> = {
  "url-recognised": [
    at("http://app.acme.dev/c"),
    at("https://app.acme.dev"),
    at("https://app.acme.dev?x/y"),
    at("https:/app.acme.dev/c"),
    at("https://app.acme.dev:x/c"),
    at("app"),
  ],
  "url-characters": [
    at(" https://app.acme.dev/c"),
    at("https://app.acme.dev/c\u00a0"),
    at("https://app.acme.dev/a b"),
    at("https://app.acme.dev/\u0085x"),
    at("https://app.acme.dev/a\\b"),
  ],
  "url-prefix": [at("https:/app.acme.dev/c?u=https://e.example/a"), at("https:app.acme.dev/c?https:///")],
  "url-userinfo": [at("https://u@app.acme.dev/c"), at("https://:p@app.acme.dev/c")],
  "url-fragment": [at("https://app.acme.dev/c#f")],
  "url-percent-encoding": [
    at("https://app.acme.dev/%zz"),
    at("https://app.acme.dev/a/%ff"),
    at("https://app.acme.dev/%"),
  ],
  "url-dot-segments": [
    at("https://app.acme.dev/a/../c"),
    at("https://app.acme.dev/."),
    at("https://app.acme.dev/%2E%2e/c"),
    at("https://app.acme.dev/.%2e/c"),
  ],
  size: [members({ x: PADDING }), members({ x: "ü".repeat(2560) })],
  json: [
    { text: `\ufeff\ufeff${members({}).text}`, url: undefined },
    {
      text: members({}).text.replace("}", ",}"),
      url: "https://app.acme.dev/c",
    },
  ],
  object: [{ text: `[${members({}).text}]`, url: "https://app.acme.dev/c" }],
  strings: [
    members({ token_endpoint_auth_method: null }),
    members({ token_endpoint_auth_signing_alg: 1 }),
    members({ client_name: ["Acme"] }),
    { ...members({ client_id: null }), url: "https://app.acme.dev/c" },
  ],
  "string-arrays": [
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "redirect_uris",
    "contacts",
    "grant_types",
    "response_types",
  ].flatMap((name) => [
    members({ [name]: "none" }),
    members({ [name]: null }),
    members({ [name]: ["none", 1] }),
  ]),
  uris: ["client_uri", "logo_uri", "policy_uri", "tos_uri", "jwks_uri"].flatMap((name) => [
    members({ [name]: "ftp://app.acme.dev/" }),
    members({ [name]: "/about" }),
    members({ [name]: null }),
  ]),
  translations: [
    ...["client_uri#de", "logo_uri#de", "tos_uri#de", "policy_uri#de#x"].flatMap((name) => [
      members({ [name]: "about" }),
      members({ [name]: 1 }),
    ]),
    members({ "client_name#de": 1 }),
    members({ "toString#de": 1 }),
  ],
  "auth-method-in-choices": [
    members({
      token_endpoint_auth_method: "unknown",
      token_endpoint_auth_methods_supported: ["none"],
    }),
  ],
  "signing-algorithm-in-choices": [
    members({
      token_endpoint_auth_signing_alg: "RS256",
      token_endpoint_auth_signing_alg_values_supported: ["ES256"],
    }),
  ],
  "client-id-equal": [
    // Half a surrogate pair cannot be in a file: it has become U+FFFD there.
    { text: at("https://app.acme.dev/half").text.replace("half", "\ud800"), url: undefined },
    { ...members({}), url: "https://app.acme.dev/other" },
    { ...members({ client_id: undefined }), url: "https://app.acme.dev/c" },
  ],
  "client-name": [
    members({ client_name: undefined }),
    members({ client_name: "" }),
    members({ client_name: " \u00a0" }),
  ],
  "client-secret": [members({ client_secret: null }), members({ client_secret_expires_at: 0 })],
  "redirect-uris-present": [members({ redirect_uris: undefined }), members({ redirect_uris: [] })],
  "redirect-control-character": [
    redirect("https://app.acme.dev/\tcb"),
    redirect("https://app.acme.dev/\u0085cb"),
  ],
  "redirect-scheme": [redirect("/callback"), redirect("")],
  "redirect-dangerous-scheme": [
    "javascript",
    "JavaScript",
    " data",
    "vbscript",
    "file",
    "mailto",
    "blob",
  ].map((scheme) => redirect(`${scheme}:x`)),
  "jwks-shape": [
    members({ jwks: null }),
    members({ jwks: [] }),
    members({ jwks: {} }),
    members({ jwks: { keys: [EC, 1] } }),
  ],
  "private-keys": ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].map((name) =>
    members({ jwks: { keys: [EC, { ...EC, [name]: null }] } }),
  ),
  "shared-secret-method": ["client_secret_basic", "client_secret_post", "client_secret_jwt"].flatMap(
    (method) => [
      members({ token_endpoint_auth_method: method }),
      members({
        token_endpoint_auth_method: method,
        token_endpoint_auth_methods_supported: [method, "private_key_jwt", "none"],
      }),
      members({
        token_endpoint_auth_method: method,
        token_endpoint_auth_methods_supported: [method, "none"],
      }),
    ],
  ),
  "auth-method": [
    members({ token_endpoint_auth_method: "unknown" }),
    members({
      token_endpoint_auth_method: undefined,
      token_endpoint_auth_methods_supported: [],
    }),
    members({
      token_endpoint_auth_method: undefined,
      token_endpoint_auth_methods_supported: ["tls_client_auth", "client_secret_basic"],
    }),
    members({
      token_endpoint_auth_method: "x",
      token_endpoint_auth_methods_supported: ["x", "y"],
    }),
    members({ token_endpoint_auth_method: "private_key_jwt" }),
    keyed({ keys: [EC] }, { jwks_uri: "https://app.acme.dev/j" }),
    keyed({ keys: [] }),
    ...[
      "http://app.acme.dev/j",
      "https://u@app.acme.dev/j",
      "https://:p@app.acme.dev/j",
      "https://app.acme.dev/j#x",
    ].map((uri) => keyed(undefined, { jwks_uri: uri })),
    keyed({ keys: [EC] }, { token_endpoint_auth_signing_alg: "PS256" }),
    keyed({ keys: [EC] }, { token_endpoint_auth_signing_alg_values_supported: ["EdDSA"] }),
    keyed({ keys: [EC] }, { token_endpoint_auth_signing_alg: "RS256" }),
    keyed({ keys: [RSA] }, { token_endpoint_auth_signing_alg_values_supported: ["ES256", "ES384"] }),
    ...[
      { ...EC, crv: "P-384" },
      { ...EC, use: "enc" },
      { ...EC, use: null },
      { ...EC, alg: "ES384" },
      { ...EC, alg: null },
      { ...RSA, key_ops: ["sign"] },
      { kty: "OKP", crv: "P-256" },
    ].map((key) => keyed({ keys: [key] })),
  ],
  "code-grant-and-response": [
    members({ grant_types: ["refresh_token"] }),
    members({ grant_types: [] }),
    members({ response_types: ["token"] }),
    members({
      response_types: [],
      token_endpoint_auth_method: undefined,
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    }),
  ],
};

/** Documents at the very edge of what Cloudflare's library takes: an inverted or widened constraint would refuse them. */
export const CLOUDFLARE_ACCEPTED: readonly DocumentCase[] = [
  at("HTTPS://app.acme.dev/c"),
  at("https://app.acme.dev/"),
  at("https:///app.acme.dev/c"),
  at("https://:@app.acme.dev/c"),
  at("https://app.acme.dev/c#"),
  at("https://app.acme.dev/.hidden/.../%2e%2e%2e/%c3%a9?/../%zz"),
  at("https://app.acme.dev/ü"),
  at("https://app.acme.dev:6667/c"),
  at("https://127.0.0.1/c"),
  { text: `\ufeff${members({}).text}`, url: undefined },
  {
    text: members({}).text.replace("}", ',"client_name":1,"client_name":"Second"}'),
    url: undefined,
  },
  {
    text: members({}).text.replace("}", `,"deep":${"[".repeat(400)}${"]".repeat(400)}}`),
    url: undefined,
  },
  members({
    client_name: "\ud800",
    scope: 1,
    application_type: null,
    software_id: [],
  }),
  members({
    client_uri: "http://app.acme.dev",
    logo_uri: "HTTPS:app.acme.dev",
    contacts: ["", "x"],
  }),
  members({
    "client_name#": 1,
    "#client_name": 1,
    "redirect_uris#de": 1,
    "jwks_uri#de": 1,
    "client_uri#de": "http://a",
  }),
  members({
    grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
  }),
  members({ grant_types: ["client_credentials"], response_types: ["token"] }),
  members({ token_endpoint_auth_method: undefined }),
  members({
    token_endpoint_auth_method: undefined,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
  }),
  members({
    token_endpoint_auth_method: "x",
    token_endpoint_auth_methods_supported: ["x", "none"],
  }),
  members({
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
  }),
  members({
    token_endpoint_auth_signing_alg: "HS256",
    token_endpoint_auth_signing_alg_values_supported: ["HS256"],
  }),
  members({ jwks: { keys: [{}, EC] }, jwks_uri: "https://app.acme.dev/j" }),
  keyed(undefined, { jwks_uri: "https://app.acme.dev/j?x" }),
  keyed({
    keys: [{ kty: "unknown" }, { ...EC, alg: "ES256", use: "sig", key_ops: ["verify"] }],
  }),
  keyed({ keys: [{ ...RSA, key_ops: "sign" }] }, { token_endpoint_auth_signing_alg: "RS256" }),
  keyed({ keys: [EC] }, { token_endpoint_auth_signing_alg_values_supported: ["PS256", "ES256"] }),
  redirect("http://localhost:*/callback"),
  redirect(" https://app.acme.dev/cb\n"),
  redirect("cursor://anysphere.cursor-mcp/oauth/callback"),
  redirect("http://app.acme.dev/cb#f"),
  redirect("about:blank"),
  redirect("view-source:x"),
  redirect("ünsinn:"),
];
