import { type DocumentCase, documentWith } from "./documents.js";

const HTTPS = "https://app.acme.dev/callback";

function members(more: Readonly<Record<string, unknown>>): DocumentCase {
  return documentWith([HTTPS], more);
}

function at(url: string): DocumentCase {
  return members({ client_id: url });
}

function redirect(uri: string, more: Readonly<Record<string, unknown>> = {}): DocumentCase {
  return documentWith([uri], more);
}

function key(jwk: unknown): DocumentCase {
  return members({ jwks: { keys: [jwk] } });
}

const EC = { kty: "EC", crv: "P-256", x: "AA", y: "AA" };
const NATIVE = { application_type: "native" };
const IMPLICIT = { grant_types: ["authorization_code", "implicit"] };
const PADDING = "x".repeat(5120);

/**
 * For every constraint on which oidc-provider refuses a document, documents that it refuses for nothing else: without the
 * constraint the profile would be wrong about them.
 */
export const OIDC_PROVIDER_PROOFS: Readonly<Record<string, readonly DocumentCase[]>> = {
  "url-https": [
    at("x-https://app.acme.dev/c"),
    { ...members({}), url: "http://app.acme.dev/c" },
    at("http://app.acme.dev/c"),
    at("https:/app.acme.dev/c"),
    at("app.acme.dev/c"),
  ],
  "url-characters": [
    at("https://app.acme.dev/a b"),
    at("https://app.acme.dev/a\\b"),
    at("https://app.acme.dev/\u007f"),
  ],
  "url-parses": [at("https://app.acme.dev:port/c"), at("https://a b.dev/c".replace(" ", "%20"))],
  "url-authority": [at("https:///app.acme.dev/c")],
  "url-dot-segments": [
    at("https://app.acme.dev/a/../c"),
    at("https://app.acme.dev/%2e/c"),
    at("https://app.acme.dev/.%2E"),
  ],
  "url-fragment": [at("https://app.acme.dev/c#"), at("https://app.acme.dev/c#f")],
  "url-userinfo": [
    at("https://u@app.acme.dev"),
    at("https://@app.acme.dev/c"),
    at("https://u:p@app.acme.dev/c"),
  ],
  "fetch-port": [at("https://app.acme.dev:6667/c")],
  "fetch-address": [
    at("https://127.0.0.1/c"),
    at("https://[::1]:8443/c"),
    at("https://[::ffff:10.0.0.1]/c"),
    at("https://0xa.1/c"),
  ],
  size: [members({ x: PADDING }), members({ x: "ü".repeat(2560) })],
  json: [
    { text: members({ client_name: "\ud800" }).text.replace("}", ",}"), url: undefined },
    { text: `\ufeff${members({}).text}`, url: undefined },
    { text: members({}).text.replace("}", ",}"), url: "https://app.acme.dev/c" },
  ],
  object: [{ text: `[${members({}).text}]`, url: "https://app.acme.dev/c" }],
  "client-id-equal": [
    { ...members({ client_id: undefined }), url: "https://app.acme.dev/c" },
    { ...members({}), url: "https://app.acme.dev/other" },
    members({ client_id: 1 }),
  ],
  "shared-secret-method": ["client_secret_basic", "client_secret_post", "client_secret_jwt"].map((method) =>
    members({ token_endpoint_auth_method: method }),
  ),
  "client-secret": [members({ client_secret: null }), members({ client_secret_expires_at: 0 })],
  "https-members": [
    ...[null, "", "javascript:x", "/about", 1].map((value) => members({ logo_uri: value })),
    members({ backchannel_logout_uri: { toString: 1 } }),
    ...[
      "client_uri",
      "logo_uri",
      "policy_uri",
      "tos_uri",
      "initiate_login_uri",
      "jwks_uri",
      "sector_identifier_uri",
      "backchannel_logout_uri",
      "backchannel_client_notification_endpoint",
    ].map((name) => members({ [name]: "http://app.acme.dev/" })),
  ],
  "method-without-secret": [
    members({ token_endpoint_auth_method: undefined }),
    members({ token_endpoint_auth_method: undefined, token_endpoint_auth_methods_supported: ["none"] }),
    members({ token_endpoint_auth_method: "None" }),
    members({ token_endpoint_auth_method: null }),
    members({ token_endpoint_auth_method: "" }),
  ],
  "symmetric-algorithm": [
    members({ id_token_signed_response_alg: "HS256" }),
    members({ token_endpoint_auth_signing_alg: "HS256" }),
  ],
  "redirect-uris-present": [
    members({ redirect_uris: undefined }),
    members({ redirect_uris: 0, response_types: ["none"] }),
  ],
  ciba: [members({ grant_types: ["authorization_code", "urn:openid:params:grant-type:ciba"] })],
  "keys-present": [members({ token_endpoint_auth_method: "private_key_jwt" })],
  booleans: ["dpop_bound_access_tokens", "require_auth_time", "require_pushed_authorization_requests"].map(
    (name) => members({ [name]: "true" }),
  ),
  arrays: [
    ...[
      "contacts",
      "default_acr_values",
      "grant_types",
      "post_logout_redirect_uris",
      "response_types",
      "response_modes",
    ].map((name) => members({ [name]: "x" })),
    members({ redirect_uris: HTTPS }),
  ],
  "array-items": [
    "contacts",
    "grant_types",
    "redirect_uris",
    "response_types",
    "response_modes",
    "post_logout_redirect_uris",
  ].flatMap((name) => [members({ [name]: [1] }), members({ [name]: [""] })]),
  strings: [
    members({ client_name: "" }),
    members({ scope: 1 }),
    members({ application_type: null }),
    members({ subject_type: null }),
    members({ id_token_signed_response_alg: null }),
    ...[
      "client_uri",
      "logo_uri",
      "policy_uri",
      "tos_uri",
      "initiate_login_uri",
      "jwks_uri",
      "sector_identifier_uri",
    ].map((name) => members({ [name]: ["https://app.acme.dev/"] })),
  ],
  "client-id-ascii": [at("https://app.acme.dev/ü"), at("https://münchen.de/c")],
  "application-type": [members({ application_type: "browser" })],
  "default-acr-values": [members({ default_acr_values: ["x"] })],
  "grant-types": [
    members({ grant_types: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"] }),
  ],
  "id-token-algorithm": [
    members({ id_token_signed_response_alg: "xHS256" }),
    members({ id_token_signed_response_alg: "ES256" }),
  ],
  "response-types": [members({ response_types: ["token"] }), members({ response_types: ["code "] })],
  "response-modes": [members({ response_modes: ["web_message"] })],
  "subject-type": [members({ subject_type: "pairwise" })],
  "auth-method-enabled": [
    "tls_client_auth",
    "self_signed_tls_client_auth",
    "attest_jwt_client_auth",
    "attest_jwt_client_auth_dpop",
  ].map((method) => members({ token_endpoint_auth_method: method, jwks: { keys: [] } })),
  "auth-signing-algorithm": [
    members({ token_endpoint_auth_signing_alg: "ES256" }),
    members({
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [EC] },
      token_endpoint_auth_signing_alg: "ES384",
    }),
    members({
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [EC] },
      token_endpoint_auth_signing_alg: ["ES256"],
    }),
  ],
  scope: [members({ scope: "openid mcp" }), members({ scope: "openid  offline_access" })],
  contacts: [members({ contacts: ["dev@acme.dev", "mailto:dev@acme.dev"] })],
  "default-max-age": [
    members({ default_max_age: -1 }),
    members({ default_max_age: "1" }),
    members({ default_max_age: 2 ** 53 }),
  ],
  "redirect-uris-not-empty": [members({ redirect_uris: [] })],
  "response-modes-not-empty": [members({ response_modes: [] })],
  "jwks-or-uri": [members({ jwks: { keys: [EC] }, jwks_uri: "https://app.acme.dev/jwks.json" })],
  "sector-identifier-fetch": [
    members({ sector_identifier_uri: "https://192.168.0.1/s" }),
    members({ sector_identifier_uri: "https://app.acme.dev:25/s" }),
  ],
  "redirect-parses": [
    redirect("http://localhost:*/callback"),
    redirect("/callback"),
    redirect("https://app.acme.dev:x/"),
  ],
  "redirect-fragment": [
    redirect("https://app.acme.dev/callback#"),
    redirect("http://localhost/cb#f", NATIVE),
  ],
  "redirect-web-scheme": [redirect("dev.acme.app:/callback"), redirect("javascript:alert(1)")],
  "redirect-web-implicit-https": [redirect("http://app.acme.dev/callback", IMPLICIT)],
  "redirect-web-implicit-localhost": [redirect("https://localhost/callback", IMPLICIT)],
  "redirect-native-http": [
    redirect("http://app.acme.dev/callback", NATIVE),
    redirect("http://127.0.0.2/cb", NATIVE),
  ],
  "redirect-native-https": [
    redirect("https://localhost/cb", NATIVE),
    redirect("https://127.1/cb", NATIVE),
    redirect("https://[::1]/cb", NATIVE),
  ],
  "redirect-native-scheme": ["javascript", "vbscript", "data", "blob", "file", "about"].map((scheme) =>
    redirect(`${scheme}:x`, NATIVE),
  ),
  "post-logout-redirect-uris": ["/bye", "https://app.acme.dev/#", "dev.acme.app:/bye"].map((uri) =>
    members({ post_logout_redirect_uris: [uri] }),
  ),
  "jwks-shape": [
    members({ jwks: null }),
    members({ jwks: {} }),
    members({ jwks: [EC] }),
    members({ jwks: { keys: [[]] } }),
    members({ jwks: { keys: [{ ...EC, constructor: "x" }] } }),
  ],
  "jwks-keys": [
    ...[
      {},
      { kty: "" },
      { kty: "oct", k: "AA" },
      { ...EC, crv: undefined },
      { ...EC, y: 1 },
      { ...EC, d: null },
    ].map(key),
    ...[
      { kty: "RSA", n: "AA" },
      { kty: "RSA", e: "AQAB" },
      { kty: "EC", crv: "P-384" },
      { kty: "EC", crv: "P-521", x: "AA" },
      { kty: "EC", crv: "P-256", y: "AA" },
      { kty: "OKP", crv: "X25519" },
      { kty: "AKP", pub: "AA" },
    ].map(key),
    ...["d", "p", "q", "dp", "dq", "qi", "oth"].map((name) =>
      key({ kty: "RSA", n: "AA", e: "AQAB", [name]: "AA" }),
    ),
    ...[
      { kty: "OKP", crv: "Ed25519", x: "AA", d: "AA" },
      { kty: "AKP", alg: "ML-DSA-44", pub: "AA", priv: "AA" },
    ].map(key),
    ...[
      { ...EC, alg: "" },
      { ...EC, kid: 1 },
      { ...EC, use: null },
      { ...EC, x5c: "MIIB" },
      { ...EC, x5c: ["MIIB", ""] },
    ].map(key),
  ],
};

/** Documents at the very edge of what oidc-provider takes: an inverted or widened constraint would refuse them. */
export const OIDC_PROVIDER_ACCEPTED: readonly DocumentCase[] = [
  at("HTTPS://app.acme.dev/c"),
  at("https://app.acme.dev"),
  at("https://app.acme.dev?x=/../y"),
  at("https://app.acme.dev/.hidden/...?a#".slice(0, -1)),
  at("https://app.acme.dev:8443//c;d/%zz"),
  at("https://224.0.0.1/c"),
  at("https://8.8.8.8/c"),
  at("https://[2606:4700::1111]/c"),
  at("https://localhost/c"),
  { text: members({ x: PADDING }).text.slice(0, -2).slice(0, 5118) + '"}', url: undefined },
  { text: ` \n${members({}).text}\t`, url: undefined },
  { text: members({}).text.replace("}", ',"client_name":1,"client_name":"Second"}'), url: undefined },
  { text: members({}).text.replace("}", `,"deep":${"[".repeat(400)}${"]".repeat(400)}}`), url: undefined },
  members({ client_name: undefined, unknown_member: null }),
  members({ client_name: "\ud800 ü" }),
  members({ backchannel_logout_uri: ["https://app.acme.dev/"] }),
  members({ response_types: [], redirect_uris: undefined }),
  members({ response_types: [], redirect_uris: [], response_modes: [] }),
  members({ response_types: ["id_token code", "token"], response_modes: ["form_post", "web_message"] }),
  members({ grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer", "refresh_token"] }),
  members({ grant_types: [], default_acr_values: [], contacts: [] }),
  members({
    default_max_age: 0,
    require_auth_time: true,
    subject_type: "public",
    scope: "openid offline_access",
  }),
  members({ id_token_signed_response_alg: "RS256", request_object_signing_alg: "HS256", contacts: ["a@b"] }),
  members({
    token_endpoint_auth_method: "private_key_jwt",
    jwks_uri: "https://app.acme.dev/j",
    token_endpoint_auth_signing_alg: "EdDSA",
  }),
  members({ token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [] } }),
  members({ sector_identifier_uri: "https://app.acme.dev/s" }),
  ...[
    { kty: "EC", crv: "secp256k1", d: "AA" },
    { kty: "unknown", d: "AA" },
    { ...EC, alg: "x", kid: "k", use: "x", x5c: ["AA"] },
  ].map(key),
  redirect("http://app.acme.dev/callback"),
  redirect("https://localhost/callback"),
  redirect("http://u:p@localhost:1/cb?x"),
  redirect("https://*.acme.dev/cb/*"),
  redirect("https://127.0.0.1/cb", IMPLICIT),
  redirect("cursor://anysphere.cursor-mcp/oauth/callback", NATIVE),
  redirect("view-source:x", NATIVE),
  redirect("http://LOCALHOST./x".replace(".", ""), NATIVE),
  redirect("https://app.acme.dev/callback", NATIVE),
];
