import fc from "fast-check";
import { clientIdUrl, memberUrl, mostly, redirectUri } from "./uris.js";

/** A document as a server meets it. */
export interface DocumentCase {
  /** The file's text; may hold anything. */
  readonly text: string;
  /** Where it is served from; undefined when only its own `client_id` says so. */
  readonly url: string | undefined;
}

type Value = unknown;

const WRONG_VALUES: readonly Value[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e300,
  "",
  " ",
  "x",
  [],
  [""],
  [null],
  ["x"],
  [1],
  [["x"]],
  {},
  { x: 1 },
  { toString: 1 },
  { toString: 1, valueOf: 1 },
];
const wrongValue = fc.constantFrom(...WRONG_VALUES);

function list(...items: readonly string[]): fc.Arbitrary<Value> {
  const item = fc.oneof(
    { arbitrary: fc.constantFrom(...items), weight: 12 },
    { arbitrary: wrongValue, weight: 1 },
  );
  return fc.array(item, { maxLength: 4 });
}

const EC = {
  kty: "EC",
  crv: "P-256",
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};
const RSA = { kty: "RSA", n: "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri", e: "AQAB" };
const OKP = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const AKP = { kty: "AKP", alg: "ML-DSA-44", pub: "AA" };

const KEY_MEMBERS: Readonly<Record<string, readonly Value[]>> = {
  kty: ["EC", "RSA", "OKP", "AKP", "oct", "unknown"],
  crv: ["P-256", "P-384", "P-521", "secp256k1", "Ed25519", "X25519", "Ed448"],
  alg: ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519", "HS256", "none"],
  use: ["sig", "enc"],
  key_ops: [["verify"], ["sign"], [], "verify"],
  kid: ["1", "2"],
  x5c: [["MIIB"], ["MIIB", ""], []],
  ...Object.fromEntries(
    ["x", "y", "n", "e", "pub", "d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"].map((name) => [
      name,
      ["AA"],
    ]),
  ),
  constructor: ["x"],
};

const key: fc.Arbitrary<Value> = fc.oneof(
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom(EC, RSA, OKP, AKP),
        fc.array(
          fc
            .constantFrom(...Object.keys(KEY_MEMBERS))
            .chain((name) =>
              fc.tuple(
                fc.constant(name),
                fc.oneof(
                  { arbitrary: fc.constantFrom(...(KEY_MEMBERS[name] ?? [])), weight: 4 },
                  { arbitrary: fc.constant(undefined), weight: 2 },
                  { arbitrary: wrongValue, weight: 1 },
                ),
              ),
            ),
          { maxLength: 2 },
        ),
      )
      .map(([base, changes]) => withMembers(base, changes)),
    weight: 20,
  },
  { arbitrary: wrongValue, weight: 1 },
);

const jwks: fc.Arbitrary<Value> = fc.oneof(
  { arbitrary: fc.array(key, { maxLength: 3 }).map((keys) => ({ keys })), weight: 10 },
  {
    arbitrary: fc.constantFrom<Value>(
      [EC],
      EC,
      { keys: { 0: EC } },
      { keys: null },
      { keys: [EC], constructor: 1 },
    ),
    weight: 1,
  },
);

const METHODS = [
  "none",
  "private_key_jwt",
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
  "attest_jwt_client_auth",
  "attest_jwt_client_auth_dpop",
  "None",
  "unknown",
];
const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "Ed25519", "EdDSA", "HS256", "none", "ML-DSA-44"];
const CIBA = "urn:openid:params:grant-type:ciba";
const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

const url: fc.Arbitrary<Value> = fc.oneof(
  { arbitrary: memberUrl, weight: 6 },
  { arbitrary: memberUrl.map((value) => [value]), weight: 1 },
);

/** What each member is set to, besides values of the wrong type. */
const MEMBERS: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  application_type: fc.constantFrom("web", "native", "Native", "browser"),
  backchannel_client_notification_endpoint: url,
  backchannel_logout_uri: url,
  client_id: clientIdUrl,
  client_id_issued_at: fc.constantFrom(0, 1_700_000_000),
  client_name: fc.constantFrom("Acme", "Zoë \u{1f600}", "\u00a0", "\ud800", "a".repeat(300)),
  client_secret: fc.constantFrom("s", "ü"),
  client_secret_expires_at: fc.constantFrom<Value>(0, 1_900_000_000),
  client_uri: url,
  contacts: list(
    "dev@acme.dev",
    "Dev <dev@acme.dev>",
    "mailto:dev@acme.dev",
    "dev@acme",
    "ü@acme.dev",
    "@",
    "a@b.c\n",
    "a@-b",
  ),
  default_acr_values: list("urn:mace:incommon:iap:silver"),
  default_max_age: fc.constantFrom(0, 1, 3600, 2 ** 53, 2 ** 53 - 1),
  dpop_bound_access_tokens: fc.boolean(),
  grant_types: list(
    "authorization_code",
    "authorization_code",
    "refresh_token",
    "refresh_token",
    "implicit",
    JWT_BEARER,
    CIBA,
    DEVICE,
    "client_credentials",
    "password",
  ),
  id_token_signed_response_alg: fc.constantFrom(...ALGORITHMS),
  initiate_login_uri: url,
  jwks,
  jwks_uri: fc.oneof(
    fc.constantFrom(
      "https://app.acme.dev/jwks.json",
      "https://app.acme.dev/jwks.json#x",
      "https://u@app.acme.dev/j",
    ),
    url,
  ),
  logo_uri: url,
  policy_uri: url,
  post_logout_redirect_uris: fc.array(redirectUri, { maxLength: 2 }),
  redirect_uris: fc.array(
    fc.oneof({ arbitrary: redirectUri, weight: 20 }, { arbitrary: wrongValue, weight: 1 }),
    { maxLength: 4 },
  ),
  request_object_signing_alg: fc.constantFrom("HS256", "RS256"),
  require_auth_time: fc.boolean(),
  require_pushed_authorization_requests: fc.boolean(),
  response_modes: list("query", "fragment", "form_post", "web_message"),
  response_types: list(
    "code",
    "code",
    "code id_token",
    "id_token code",
    "id_token",
    "token",
    "none",
    "code code",
    "code ",
    " ",
  ),
  scope: fc.constantFrom(
    "openid",
    "openid offline_access",
    "offline_access",
    "openid openid",
    "openid  offline_access",
    " ",
    "mcp",
    "openid,offline_access",
    "OpenID",
  ),
  sector_identifier_uri: url,
  software_id: fc.constantFrom("x"),
  subject_type: fc.constantFrom("public", "pairwise", "Public"),
  token_endpoint_auth_method: fc.constantFrom(...METHODS),
  token_endpoint_auth_methods_supported: list("none", "private_key_jwt", ...METHODS),
  token_endpoint_auth_signing_alg: fc.constantFrom(...ALGORITHMS),
  token_endpoint_auth_signing_alg_values_supported: list("RS256", "ES256", ...ALGORITHMS),
  tos_uri: url,
  "client_name#de": fc.constantFrom("Acme"),
  "client_name#": fc.constantFrom("Acme"),
  "#client_name": fc.constantFrom("Acme"),
  "client_uri#de": url,
  "logo_uri#fr#x": url,
  "redirect_uris#de": url,
  "toString#en": fc.constantFrom("x"),
  "__proto__#en": fc.constantFrom("x"),
  __proto__: fc.constantFrom<Value>({ client_id: "x" }, "x"),
  constructor: fc.constantFrom("x"),
};

const CLIENT_ID = "https://app.acme.dev/oauth/client.json";

/** Documents that nothing is wrong with, in the shapes people publish. */
const GOOD: readonly Readonly<Record<string, Value>>[] = [
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: ["https://app.acme.dev/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    client_uri: "https://app.acme.dev",
    logo_uri: "https://app.acme.dev/logo.png",
    application_type: "native",
    redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: ["https://app.acme.dev/callback"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    token_endpoint_auth_signing_alg: "RS256",
    jwks_uri: "https://app.acme.dev/jwks.json",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: ["https://app.acme.dev/callback"],
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [EC, RSA] },
  },
];

type Members = Record<string, Value>;

/** Sets members, with `undefined` to delete; names such as `__proto__` become members like any other. */
function withMembers(base: Readonly<Members>, changes: readonly (readonly [string, Value])[]): Members {
  const members = { ...base };
  for (const [name, value] of changes) {
    if (value === undefined) delete members[name];
    else
      Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return members;
}

type Change = readonly [name: string, value: Value];

/** Sets one member to something likely to matter, deletes it, or gives it a value of the wrong type. */
function changeOf(name: string, likely = 8): fc.Arbitrary<Change> {
  return fc.tuple(
    fc.constant(name),
    fc.oneof(
      { arbitrary: MEMBERS[name] ?? wrongValue, weight: likely },
      { arbitrary: fc.constant(undefined), weight: 2 },
      { arbitrary: wrongValue, weight: 2 },
    ),
  );
}

/** Changes that only matter together. */
function together(...names: readonly string[]): fc.Arbitrary<readonly Change[]> {
  return fc.subarray([...names]).chain((chosen) => fc.tuple(...chosen.map((name) => changeOf(name, 60))));
}

const changes: fc.Arbitrary<readonly Change[]> = fc.oneof(
  {
    arbitrary: fc.array(
      fc.constantFrom(...Object.keys(MEMBERS)).chain((name) => changeOf(name)),
      { maxLength: 4 },
    ),
    weight: 3,
  },
  {
    arbitrary: together(
      "application_type",
      "grant_types",
      "response_types",
      "redirect_uris",
      "redirect_uris",
      "post_logout_redirect_uris",
    ),
    weight: 2,
  },
  {
    arbitrary: together(
      "sector_identifier_uri",
      "subject_type",
      "logo_uri",
      "scope",
      "response_modes",
      "contacts",
    ),
    weight: 1,
  },
  {
    arbitrary: together(
      "jwks",
      "jwks",
      "jwks_uri",
      "token_endpoint_auth_method",
      "token_endpoint_auth_methods_supported",
      "token_endpoint_auth_signing_alg",
      "token_endpoint_auth_signing_alg_values_supported",
    ),
    weight: 2,
  },
);

const members: fc.Arbitrary<Members> = fc
  .tuple(fc.constantFrom(...GOOD), changes, mostly(false, true), clientIdUrl)
  .map(([base, changed, elsewhere, otherId]) => {
    const all = withMembers(base, changed);
    return elsewhere ? withMembers(all, [["client_id", otherId]]) : all;
  });

/** Brings the text to an exact size in UTF-8 by white space, or by one more member. */
function padded(text: string, bytes: number, filler: string): string {
  const missing = bytes - Buffer.byteLength(text);
  if (missing <= 0) return text;
  const size = Buffer.byteLength(filler);
  if (filler === " ") return text + " ".repeat(missing);
  const wrapped = text.replace(/\}$/, `,"x":""}`);
  const room = bytes - Buffer.byteLength(wrapped);
  return room < 0
    ? text
    : wrapped.replace(/""\}$/, `"${filler.repeat(Math.floor(room / size))}${"a".repeat(room % size)}"}`);
}

type TextChange = (text: string) => string;

const appended =
  (members: string): TextChange =>
  (text) =>
    text.replace(/\}\s*$/, `,${members}}`);

const TEXT_CHANGES: readonly TextChange[] = [
  (text) => `\ufeff${text}`,
  (text) => `\ufeff\ufeff${text}`,
  (text) => `${text}\ufeff`,
  (text) => `${text}\u00a0`,
  (text) => ` \r\n\t${text}\n`,
  (text) => `// a comment\n${text}`,
  (text) => `${text}/* a comment */`,
  (text) => text.replace(/\}\s*$/, ",}"),
  (text) => text.replace(/\]/, ",]"),
  (text) => text.replace('"', "'"),
  (text) => text.slice(0, -1),
  (text) => `${text}}`,
  (text) => `[${text}]`,
  (text) => JSON.stringify(text),
  (text) => text.replace("a", "\t"),
  (text) => text.replace("Acme", "\\x41"),
  (text) => text.replace("Acme", "\\u00"),
  (text) => text.replace("Acme", "\\ud83d"),
  (text) => text.replace("Acme", "\ud83d"),
  (text) => text.replaceAll("acme", "\\u0061cme"),
  (text) => text.replace("client_name", "client\\u005fname"),
  (text) => text.replace("https:", "https\ud800:"),
  (text) => text.replace("/callback", "/\ud800"),
  appended('"n":NaN'),
  appended('"n":01'),
  appended('"n":-'),
  appended('"default_max_age":1e400'),
  appended('"default_max_age":-0'),
  appended('"default_max_age":1.0'),
  appended('"client_name":""'),
  appended('"client_name":"Second"'),
  appended('"redirect_uris":["https://app.acme.dev/second"]'),
  appended('"client_id":"https://app.acme.dev/second"'),
  appended('"token_endpoint_auth_method":"none"'),
  appended('"__proto__":{"client_secret":"x"}'),
  appended(`"deep":${"[".repeat(300)}${"]".repeat(300)}`),
  appended(`"deep":${'{"a":'.repeat(300)}1${"}".repeat(300)}`),
  appended(`"deep":${"[".repeat(300)}`),
  () => "",
  () => " ",
  () => "null",
  () => "0",
  () => "[]",
  () => "{}",
  () => "nul",
];

const textChange: fc.Arbitrary<TextChange> = fc.oneof(
  { arbitrary: fc.constant<TextChange>((text) => text), weight: 20 },
  { arbitrary: fc.constantFrom(...TEXT_CHANGES), weight: 5 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom(4096, 4999, 5000, 5001, 5118, 5119, 5120, 5121, 5122, 5200),
        fc.constantFrom(" ", "a", "ü", "\u{1f600}", "\ud800"),
      )
      .map(
        ([bytes, filler]): TextChange =>
          (text) =>
            padded(text, bytes, filler),
      ),
    weight: 2,
  },
);

const indent = fc.constantFrom(undefined, 2, "\t");

/** Documents: a good one with up to a handful of changes to its members, its spelling, and where it is served. */
export const documentCase: fc.Arbitrary<DocumentCase> = fc
  .record({
    members,
    textChange,
    indent,
    served: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 8 },
      { arbitrary: clientIdUrl, weight: 1 },
      { arbitrary: fc.constant(CLIENT_ID), weight: 1 },
    ),
  })
  .map(({ members, textChange, indent, served }) => ({
    text: textChange(JSON.stringify(members, null, indent)),
    url: served,
  }));

/** A loadable document with these redirect URIs. */
export function documentWith(redirectUris: readonly string[], more: Readonly<Members> = {}): DocumentCase {
  const base = {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: redirectUris,
    token_endpoint_auth_method: "none",
  };
  return { text: JSON.stringify({ ...base, ...more }), url: undefined };
}

/** Documents that authenticate with private_key_jwt and keys of their own; not all of them load. */
export const keyedDocument: fc.Arbitrary<DocumentCase> = fc
  .record({ jwks, algorithm: fc.option(fc.constantFrom(...ALGORITHMS), { nil: undefined }) })
  .map(({ jwks, algorithm }) =>
    documentWith(["https://app.acme.dev/callback"], {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: algorithm,
      jwks,
    }),
  );
