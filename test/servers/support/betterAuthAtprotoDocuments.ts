import fc from "fast-check";
import type { DocumentCase } from "./documents.js";

/** Members as plain JSON values; `undefined` deletes. */
type Members = Readonly<Record<string, unknown>>;

const plain = <T>(usual: T, ...rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 3 },
    { arbitrary: fc.constantFrom(usual, ...rare), weight: 2 },
  );

/** The first and last addresses of blocks that some server keeps away from, and their neighbours outside. */
const EDGES: readonly string[] = [
  ..."0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24".split(
    " ",
  ),
  ..."192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24".split(
    " ",
  ),
  ..."203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(" "),
]
  .flatMap((block) => edges(block, 32))
  .map((value) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join("."))
  .concat(
    [
      ..."::/96 ::/128 ::1/128 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001::/32".split(
        " ",
      ),
      ..."2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16".split(
        " ",
      ),
      ..."2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8 ::ffff:7f00:0/104 ::ffff:a00:0/104".split(
        " ",
      ),
      ..."2002:7f00::/24 2002:a00::/24 2002:c0a8::/32".split(" "),
    ]
      .flatMap((block) => edges(block, 128))
      .map((value) => `[${Array.from({ length: 8 }, (_, index) => groupOf(value, index)).join(":")}]`),
  );

function groupOf(value: bigint, index: number): string {
  return ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16);
}

/** The first address of a block, the last, and those just outside. */
function edges(block: string, bits: 32 | 128): bigint[] {
  const [text = "", length = ""] = block.split("/");
  const first = bits === 32 ? BigInt(ipv4Number(text)) : ipv6Number(text);
  const last = first + (1n << BigInt(bits - Number(length))) - 1n;
  const all = (1n << BigInt(bits)) - 1n;
  return [first - 1n, first, last, last + 1n].filter((value) => value >= 0n && value <= all);
}

function ipv4Number(text: string): number {
  return text.split(".").reduce((value, octet) => value * 256 + Number(octet), 0);
}

function ipv6Number(text: string): bigint {
  const [before = [], after = []] = text
    .split("::")
    .map((side) => side.split(":").filter((group) => group !== ""));
  const zeros = new Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** Hosts from the plain to the absurd, addresses at the edges of every block among them. */
export const hostname: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom("app.acme.dev", "acme.dev", "localhost", "127.0.0.1", "[::1]"), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      ..."APP.acme.dev app.acme.dev. LOCALHOST localhost. localhost.. sub.localhost sub.localhost. 127.0.0.2 127.1 0x7f.1".split(
        " ",
      ),
      ..."[0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:8.8.8.8] [::2] [::] 0.0.0.0 10.0.0.1 169.254.169.254 8.8.8.8".split(
        " ",
      ),
      ..."255.255.255.255 192.0.2.1 198.18.0.1 192.175.48.1 192.31.196.1 192.52.193.1 [2001:db8::1] [2606:4700::1111]".split(
        " ",
      ),
      ..."[2002:7f00:1::] [2002:808:808::] [2001:0:1::1] [2001:2::1] [2001:5::1] [64:ff9b::808:808] [64:ff9b:1::1]".split(
        " ",
      ),
      ..."[100::1] [3fff::1] [5f00::1] [fe80::1] [fec0::1] [fc00::1] [ff02::1] [::ffff:0:102:304] [2620:4f:8000::1]".split(
        " ",
      ),
      ..."metadata.google.internal metadata.goog metadata instance-data x.local x.test x.invalid x.example x.LOCAL".split(
        " ",
      ),
      ..."single example.com a.example.com example.org a.b.example.net googleusercontent.com x.googleusercontent.com".split(
        " ",
      ),
      ..."myexample.com *.acme.dev * 127.0.0.* app.acme.dev%2e münchen.de xn--mnchen-3ya.de a_b.dev 1.2.3.4.. 1.2.3".split(
        " ",
      ),
      "",
    ),
    weight: 8,
  },
  { arbitrary: fc.ipV4(), weight: 1 },
  { arbitrary: fc.ipV6().map((address) => `[${address}]`), weight: 1 },
  { arbitrary: fc.constantFrom(...EDGES), weight: 5 },
);

const scheme = plain(
  "https",
  ..."http http http HTTPS Http dev.acme.app dev.acme com.example.app Dev.Acme.App dev.acme. .dev.acme dev..acme".split(
    " ",
  ),
  ..."dev.-acme dev.acme-x com.x.test example.com invalid.x cursor myapp javascript data vbscript file ftp mailto urn blob".split(
    " ",
  ),
  ..."1dev.acme dev_acme.app dev+x.acme",
);
const separator = plain("://", ":/", ":", ":///", ":\\\\", "");
const userinfo = plain("", "u@", "u:p@", "@", ":@", ":p@");
const port = plain("", ":80", ":443", ":8080", ":0", ":65535", ":65536", ":*", ":3*", ":", ":08080", ":abc");
const path = plain(
  "/cb",
  ..." / /c.json /a/../b /a/./b /.. /. /.hidden /... /%2e/x /%2E%2e/ /a%2fb /a%zz //x /cb/ /a//b /* /a\\b /a;b /%41 /@x".split(
    " ",
  ),
  "/ü",
  "/c b",
  '/"<>`{}|^',
  "",
);
const query = plain("", "?", "?a=1", "?u=http://h:1/x", "?a b", "?/../");
const fragment = plain("", "#", "#f", "#/../");
const decoration: fc.Arbitrary<(uri: string) => string> = plain<(uri: string) => string>(
  (uri) => uri,
  (uri) => uri,
  (uri) => ` ${uri}`,
  (uri) => `${uri} `,
  (uri) => `\t${uri}\n`,
  (uri) => `${uri.slice(0, 9)}\n${uri.slice(9)}`,
  (uri) => `\u0001${uri}`,
  (uri) => `\u00a0${uri}\ufeff`,
  (uri) => uri.toUpperCase(),
);

/** URI references from the plain to the absurd. */
export const uri: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc
      .tuple(scheme, separator, userinfo, hostname, port, path, query, fragment, decoration)
      .map(([...parts]) => parts[8](parts.slice(0, 8).join(""))),
    weight: 10,
  },
  {
    arbitrary: fc
      .tuple(fc.constantFrom("https", "http"), hostname, port, fc.constantFrom("/cb", "/"))
      .map(([first, ...rest]) => `${first}://${rest.join("")}`),
    weight: 6,
  },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom("https", "https", "http"),
        userinfo,
        fc.constantFrom("app.acme.dev", "app.acme.dev", "acme.dev", "127.0.0.1", "localhost"),
        port,
        path,
        query,
        fragment,
      )
      .map(([first, ...rest]) => `${first}://${rest.join("")}`),
    weight: 8,
  },
  {
    arbitrary: fc.constantFrom(
      "dev.acme.app:/cb",
      "dev.acme.app:/",
      "dev.acme.app://cb",
      "dev.acme.app://u@/cb",
      "dev.acme.app:cb",
      "dev.acme.app:/cb?a=1",
      "com.example:/cb",
      "cursor://anysphere.cursor-mcp/oauth/callback",
      "vscode://x/y",
      "http://localhost:*/callback",
      "https://*.acme.dev/cb",
      "urn:ietf:wg:oauth:2.0:oob",
      "javascript:alert(1)",
      "data:image/png;base64,AA==",
      "*",
      "not a uri",
      "/cb",
      "",
      " ",
    ),
    weight: 3,
  },
  { arbitrary: fc.webUrl(), weight: 1 },
  { arbitrary: fc.string({ unit: "grapheme" }), weight: 1 },
);

const WRONG: readonly unknown[] = [
  null,
  0,
  1.5,
  true,
  false,
  [],
  {},
  "",
  " ",
  "x",
  [null],
  [""],
  [{}],
  ["x", "x"],
  { a: 1 },
  Number.POSITIVE_INFINITY,
];

/** A value of the right kind most of the time. */
function member(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: right, weight: 6 },
    { arbitrary: fc.constantFrom(...WRONG), weight: 2 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

const listOf = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> =>
  fc.array(item, { minLength: 0, maxLength: 3 });

const text = fc.oneof(
  fc.constantFrom("x", "", " ", "RS256", "ES256", "none"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

/** Keys: half right, half wrong, often missing something. */
export const jsonWebKey: fc.Arbitrary<unknown> = fc.oneof(
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom<Members>(
          { kty: "RSA", n: "AQAB", e: "AQAB" },
          { kty: "EC", crv: "P-256", x: "AA", y: "AA" },
          { kty: "EC", crv: "P-521", x: "AA", y: "AA" },
          { kty: "EC", crv: "secp256k1", x: "AA", y: "AA" },
          { kty: "OKP", crv: "Ed25519", x: "AA" },
          { kty: "OKP", crv: "Ed448", x: "AA" },
          { kty: "oct" },
          { kty: "unknown" },
        ),
        fc.array(
          fc.oneof<fc.Arbitrary<[string, unknown]>[]>(
            fc.tuple(
              fc.constantFrom("alg"),
              fc.constantFrom(
                ..."RS256 RS512 PS384 ES256 ES384 ES512 ES256K EdDSA HS256 none".split(" "),
                "",
                null,
                5,
              ),
            ),
            fc.tuple(fc.constantFrom("kid"), fc.constantFrom("k1", "k1", "k1", "", null)),
            fc.tuple(fc.constantFrom("use"), fc.constantFrom("sig", "enc", "x", null)),
            fc.tuple(
              fc.constantFrom("key_ops"),
              fc.constantFrom<unknown>(
                ["verify"],
                ["encrypt"],
                ["wrapKey", "encrypt"],
                ["verify", "verify"],
                ["sign"],
                ["x"],
                [],
                null,
              ),
            ),
            fc.tuple(
              fc.constantFrom("crv"),
              fc.constantFrom("P-256", "P-384", "P-521", "secp256k1", "Ed25519", "toString"),
            ),
            fc.tuple(fc.constantFrom("kty"), fc.constantFrom("RSA", "EC", "OKP", "oct", "", null, 1)),
            fc.tuple(fc.constantFrom("d", "p", "q", "dp", "dq", "qi", "k"), fc.constantFrom("AA", "", null)),
            fc.tuple(fc.constantFrom("n", "e", "x", "y"), fc.constantFrom("AA", "", null, 1, undefined)),
            fc.tuple(
              fc.constantFrom("oth"),
              fc.constantFrom<unknown>([{}], [{ r: "x", d: "x", t: "x" }], [{ r: 1 }], [], [1], null),
            ),
            fc.tuple(fc.constantFrom("x5c"), fc.constantFrom<unknown>(["x"], [], [1], "x")),
            fc.tuple(fc.constantFrom("x5t", "x5t#S256"), fc.constantFrom<unknown>("x", "", 1)),
            fc.tuple(fc.constantFrom("x5u"), fc.constantFrom<unknown>("https://x.dev/", "x:y", "x", 1)),
            fc.tuple(fc.constantFrom("ext"), fc.constantFrom<unknown>(true, "true")),
            fc.tuple(
              fc.constantFrom("iat", "exp", "nbf"),
              fc.constantFrom<unknown>(1, 1.5, -1, "1", Number.POSITIVE_INFINITY),
            ),
            fc.tuple(
              fc.constantFrom("revoked"),
              fc.constantFrom<unknown>(
                { revoked_at: 1 },
                { revoked_at: 1, reason: "x" },
                { revoked_at: 1.5 },
                {},
                { revoked_at: 1, reason: 1 },
                1,
              ),
            ),
            fc.tuple(
              fc.constantFrom("constructor", "__proto__", "other"),
              fc.constantFrom<unknown>("x", {}, null),
            ),
          ),
          { maxLength: 3 },
        ),
        fc.boolean(),
      )
      .map(([base, extra, kid]) =>
        Object.fromEntries([...(kid ? [["kid", "k"]] : []), ...Object.entries(base), ...extra]),
      ),
    weight: 10,
  },
  { arbitrary: fc.constantFrom(...WRONG), weight: 1 },
);

const grant = fc.constantFrom(
  "authorization_code",
  "authorization_code",
  "refresh_token",
  "client_credentials",
  "implicit",
  "password",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:ietf:params:oauth:grant-type:device_code",
  " authorization_code ",
  "",
  " ",
  5,
  null,
);

const MEMBERS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  client_id: member(uri),
  client_name: member(text),
  redirect_uris: member(
    listOf(fc.oneof({ arbitrary: uri, weight: 9 }, { arbitrary: fc.constantFrom(...WRONG), weight: 1 })),
  ),
  grant_types: member(listOf(grant)),
  response_types: member(
    listOf(
      fc.constantFrom(
        "code",
        "code",
        "token",
        "none",
        "code id_token",
        "id_token",
        "code token",
        "",
        null,
        1,
      ),
    ),
  ),
  scope: member(
    fc.constantFrom(
      "openid profile",
      "openid",
      "email offline_access",
      "mcp:read",
      " openid ",
      "atproto",
      "atproto transition:generic",
      "atproto atproto",
      "atproto  x",
      "atproto x x",
      "atproto\tx",
      'atproto "',
      "transition:generic",
    ),
  ),
  token_endpoint_auth_method: member(
    fc.constantFrom(
      ..."none private_key_jwt private_key_jwt client_secret_basic client_secret_post client_secret_jwt tls_client_auth self_signed_tls_client_auth None".split(
        " ",
      ),
      " none ",
    ),
  ),
  token_endpoint_auth_methods_supported: member(listOf(fc.constantFrom("none", "private_key_jwt"))),
  token_endpoint_auth_signing_alg: member(fc.constantFrom("ES256", "RS256", "none", "")),
  jwks: member(
    fc.oneof(
      fc.record({ keys: listOf(jsonWebKey) }),
      fc.record({ keys: fc.constantFrom(...WRONG) }),
      fc.constant({}),
    ),
  ),
  jwks_uri: member(fc.oneof(fc.constant("https://app.acme.dev/jwks.json"), uri)),
  application_type: member(fc.constantFrom("web", "native", "native", "Web", "other")),
  subject_type: member(fc.constantFrom("public", "pairwise", "other")),
  dpop_bound_access_tokens: member(fc.boolean()),
  client_uri: member(
    fc.oneof(
      fc.constantFrom(
        "https://app.acme.dev/",
        "https://app.acme.dev",
        "https://app.acme.dev/o",
        "https://app.acme.dev/oauth/",
        "https://app.acme.dev/oauth/c.json",
        "https://acme.dev/",
      ),
      uri,
    ),
  ),
  logo_uri: member(uri),
  tos_uri: member(uri),
  policy_uri: member(uri),
  contacts: member(
    listOf(
      fc.oneof(
        fc.constantFrom("x@acme.dev", "x", "a..b@acme.dev", ".a@acme.dev", "a@b", "ü@acme.dev", ""),
        fc.emailAddress(),
      ),
    ),
  ),
  post_logout_redirect_uris: member(listOf(fc.oneof(fc.constant("https://app.acme.dev/bye"), uri))),
  software_id: member(text),
  software_version: member(text),
  software_statement: member(text),
  backchannel_logout_uri: member(uri),
  backchannel_logout_session_required: member(fc.boolean()),
  default_max_age: member(fc.constantFrom<unknown>(0, 60)),
  require_auth_time: member(fc.boolean()),
  userinfo_signed_response_alg: member(text),
  userinfo_encrypted_response_alg: member(text),
  id_token_signed_response_alg: member(text),
  request_object_signing_alg: member(text),
  authorization_signed_response_alg: member(text),
  authorization_encrypted_response_enc: member(fc.constantFrom("A128CBC-HS256", "x")),
  authorization_encrypted_response_alg: member(text),
  tls_client_certificate_bound_access_tokens: member(fc.boolean()),
  authorization_details_types: member(listOf(fc.constantFrom("a", "a", "b", 1))),
};

const RESERVED_OR_UNKNOWN = fc.oneof(
  fc.constantFrom(
    ..."disabled client_secret client_secret_expires_at client_id_issued_at skip_consent enable_end_session require_pkce".split(
      " ",
    ),
    ..."reference_id user_id resources clientSecret clientDiscoveryId skipConsent enableEndSession requirePKCE referenceId".split(
      " ",
    ),
    ..."userId clientId applicationType tokenEndpointAuthMethod redirectUris postLogoutRedirectUris grantTypes responseTypes".split(
      " ",
    ),
    ..."scopes expiresAt createdAt updatedAt softwareId softwareVersion softwareStatement backchannelLogoutUri".split(
      " ",
    ),
    ..."backchannelLogoutSessionRequired jwksUri dpopBoundAccessTokens subjectType metadata type public name constructor __proto__".split(
      " ",
    ),
  ),
  fc.string({ maxLength: 6 }),
);

const mutation: fc.Arbitrary<readonly [string, unknown]> = fc.oneof(
  {
    arbitrary: fc
      .constantFrom(
        ...Object.keys(MEMBERS),
        "redirect_uris",
        "redirect_uris",
        "jwks",
        "jwks_uri",
        "grant_types",
      )
      .chain((name) => (MEMBERS[name] ?? fc.constant(undefined)).map((value) => [name, value] as const)),
    weight: 12,
  },
  { arbitrary: fc.tuple(RESERVED_OR_UNKNOWN, fc.constantFrom(...WRONG)), weight: 1 },
);

/** Changes to the text that JSON parsers may or may not mind. */
const spelling: fc.Arbitrary<(written: string) => string> = fc.oneof(
  { arbitrary: fc.constant((written: string) => written), weight: 14 },
  {
    arbitrary: fc.constantFrom<((written: string) => string)[]>(
      (written) => `\ufeff${written}`,
      (written) => `${written}\n`,
      (written) => `${written}x`,
      (written) => `// c\n${written}`,
      (written) => written.replace(/\}$/, ",}"),
      (written) => written.replace(/\}$/, ',"a":[1,]}'),
      (written) => written.replace(/\}$/, ',"a":01}'),
      (written) => written.replace(/\}$/, ',"a":NaN}'),
      (written) => written.replace(/\}$/, ',"a":"\t"}'),
      (written) => written.replace(/\}$/, ',"a":"\\x"}'),
      (written) => written.replace(/\}$/, ',"a":"\\ud800"}'),
      (written) => written.replace(/\}$/, ',"client_id":"https://else.acme.dev/c"}'),
      (written) => written.replace(/\}$/, ',"redirect_uris":["https://app.acme.dev/2"]}'),
      (written) => written.replace(/\}$/, ',"__proto__":{"client_secret":1}}'),
      (written) => `[${written}]`,
      () => "null",
      () => '"x"',
      () => "12",
      () => "",
      (written) => written.slice(0, -1),
      (written) => written.replaceAll(":", "\u00a0:"),
      (written) => written.replaceAll(",", "\r\n\t ,"),
      (written) => written.padEnd(5119, " "),
      (written) => written.padEnd(5120, " "),
      (written) => written.padEnd(5121, " "),
      (written) => `${written.replace(/\}$/, `,"a":"${"ü".repeat(2600)}"}`)}`,
      (written) => written.replaceAll("/", "\\/").replaceAll("a", "\\u0061"),
    ),
    weight: 4,
  },
);

/** Text that is not JSON at all, and JSON that is not an object of members. */
function write(members: Members, url: string): string {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  const body = entries.map(([name, value]) => `${JSON.stringify(name)}:${stringify(value, url)}`);
  return `{${body.join(",")}}`;
}

/** As JSON.stringify, but numbers that JSON can write and JavaScript cannot hold survive. */
function stringify(value: unknown, url: string): string {
  if (value === Number.POSITIVE_INFINITY) return "Number.POSITIVE_INFINITY";
  if (value === SAME_AS_URL) return JSON.stringify(url);
  return JSON.stringify(value, (_name, inner: unknown) => (inner === Number.POSITIVE_INFINITY ? 0 : inner));
}

/** Stands for the document's own URL. */
export const SAME_AS_URL = Symbol("client_id equals the URL");

/** The URL of most documents. */
export const DOCUMENT_URL = "https://app.acme.dev/oauth/c.json";

/**
 * Documents around ones that a server takes: none to four members changed, another URL now and then, odd spellings.
 *
 * @param bases documents without `client_id` that the server loads from {@link DOCUMENT_URL}
 */
export function documents(bases: readonly [Members, ...Members[]]): fc.Arbitrary<DocumentCase> {
  return fc
    .record({
      base: fc.constantFrom(...bases),
      changes: fc.array(mutation, { maxLength: 4 }),
      url: fc.oneof({ arbitrary: fc.constant(DOCUMENT_URL), weight: 5 }, { arbitrary: uri, weight: 1 }),
      told: fc.boolean(),
      spelling,
    })
    .map(({ base, changes, url, told, spelling: respell }) => {
      const members = { client_id: SAME_AS_URL, ...base, ...Object.fromEntries(changes) };
      return { url: told ? url : undefined, text: respell(write(members, url)).toWellFormed() };
    });
}

/** Two URIs that are often nearly the same. */
export const uriPair: fc.Arbitrary<{ readonly entry: string; readonly requested: string }> = fc.oneof(
  fc.record({ entry: uri, requested: uri }),
  uri.map((same) => ({ entry: same, requested: same })),
  fc
    .tuple(
      fc.constantFrom("http", "http", "https", "HTTP"),
      fc.constantFrom("", "", "", "@", "u@", ":@"),
      fc.constantFrom(
        "localhost",
        "127.0.0.1",
        "[::1]",
        "127.0.0.2",
        "app.acme.dev",
        "LOCALHOST",
        "[0:0::1]",
        "127.1",
      ),
      port,
      port,
      fc.constantFrom("/cb", "/", "", "/cb?a=1", "/cb?u=http://h:1/", "?a", "#"),
      fc.constantFrom("/cb", "/cb", "/", "", "/cb?a=1", "#"),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([first, user, name, onePort, otherPort, onePath, otherPath, samePath, swap]) => {
      const one = `${first}://${user}${name}${onePort}${onePath}`;
      const other = `${first}://${user}${name}${otherPort}${samePath ? onePath : otherPath}`;
      return swap ? { entry: one, requested: other } : { entry: other, requested: one };
    }),
);
