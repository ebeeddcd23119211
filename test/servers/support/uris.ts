import fc from "fast-check";

/** Picks the usual value about half of the time, so that most generated things are wrong in one place only. */
export function mostly<T>(usual: T, ...rare: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constant(usual), weight: rare.length === 0 ? 1 : 5 },
    { arbitrary: fc.constantFrom(usual, ...rare), weight: 2 },
  );
}

function words(text: string): string[] {
  return text.split(" ");
}

const NAMES = words(
  "app.acme.dev acme.dev APP.ACME.DEV acme.dev. münchen.de xn--mnchen-3ya.de a_b.dev x.internal *.acme.dev * a*b.dev",
);
const LOOPBACKS = words(
  "localhost LOCALHOST localhost. sub.localhost 127.0.0.1 127.1 127.0.0.2 127.255.255.255 0x7f.1 2130706433 [::1] [0:0:0:0:0:0:0:1]",
);
const ADDRESSES = words(
  "0.0.0.0 10.1.2.3 100.64.0.1 128.0.0.1 169.254.169.254 172.16.0.1 172.32.0.1 192.0.0.9 192.0.2.1 192.31.196.1 192.52.193.1 " +
    "192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1 198.20.0.0 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 " +
    "255.255.255.255 8.8.8.8 [::] [::2] [::ffff:127.0.0.1] [::ffff:8.8.8.8] [64:ff9b::808:808] [64:ff9b:1::1] [100::1] " +
    "[2001:db8::1] [2001::1] [2001:200::1] [2002:808:808::] [2620:4f:8000::1] [2606:4700::1111] [3fff::1] [5f00::1] [fc00::1] " +
    "[fe80::1] [fec0::1] [ff02::1] [1::1:2:3:4:5:6]",
);

const host = fc.oneof(
  { arbitrary: fc.constantFrom("app.acme.dev", "localhost", "127.0.0.1", "[::1]"), weight: 6 },
  { arbitrary: fc.constantFrom(...NAMES, ...LOOPBACKS, ""), weight: 3 },
  { arbitrary: fc.constantFrom(...ADDRESSES), weight: 1 },
  { arbitrary: fc.ipV4(), weight: 1 },
  { arbitrary: fc.ipV6().map((address) => `[${address}]`), weight: 1 },
);

const port = mostly(
  "",
  ...words(
    ":80 :443 :8080 :3118 :0 :1 :22 :6000 :6667 :10080 :10081 :65535 :65536 :08080 : :* :3* :x :{port} ::1",
  ),
);
const userinfo = mostly("", "u@", "u:p@", "@", ":@", ":p@", "a@b@");
const path = mostly(
  "/callback",
  ...words(
    "/ /cb/ /a/../b /a/./b /.. /. /... /.hidden /%2e/x /%2E%2e/x /.%2e/x /%2e%2E /a%2Fb /a%2f..%2fb /a%zz /a%ff /%c3%a9 /% " +
      "//x /a//b /* /auth/* /a\\b \\x /a;b /%41 /@x /a:b /{x} /|",
  ),
  "",
  "/ü",
  "/c b",
  "/\u{1f600}",
  "/\ud800",
  "/\u00a0",
  "/\u0085x",
  '/"<>`^',
);
const query = mostly("", "?", "?a=1", "?a=2", "?x/y", "?u=https://e.example/../a", "?a b", "?ü");
const fragment = mostly("", "#", "#f", "#/../x");
const webScheme = mostly(
  "https://",
  "http://",
  "HTTPS://",
  "Https://",
  "https:/",
  "https:",
  "https:///",
  "https:\\\\",
  "//",
  "",
);
const anyScheme = fc.oneof(
  { arbitrary: webScheme, weight: 3 },
  { arbitrary: fc.constantFrom("http://", "HTTP://"), weight: 4 },
  {
    arbitrary: fc.constantFrom(
      ...words(
        "cursor:// vscode:// dev.acme.app:/ dev.acme.app:// dev.acme.app: javascript: JavaScript: vbscript: data: blob: file: " +
          "file:// about: mailto: view-source: urn: urn:ietf: ftp:// ws:// wss:// :// : * *:// *. javascript:// http:",
      ),
    ),
    weight: 3,
  },
);

/** Characters around or inside a text that parsers drop, and others must not. */
function decorate(text: string): fc.Arbitrary<string> {
  return mostly(
    text,
    ` ${text}`,
    `${text} `,
    `\t${text}\n`,
    `\u00a0${text}`,
    `${text}\ufeff`,
    `${text}\u007f`,
    `${text}\u0085`,
    `${text}\0`,
    text.toUpperCase(),
    text.replace("/c", "/\tc"),
    text.replace("s", "\u017f"),
  );
}

function uri(scheme: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(scheme, userinfo, host, port, path, query, fragment)
    .map((parts) => parts.join(""))
    .chain(decorate);
}

/** Client identifier URLs: good, nearly good, and not at all. */
export const clientIdUrl: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.constantFrom("https://app.acme.dev/oauth/client.json", "https://app.acme.dev:8443/c?v=1"),
    weight: 5,
  },
  {
    arbitrary: fc
      .tuple(userinfo, mostly("app.acme.dev", ...NAMES), port, path, query, fragment)
      .map((parts) => `https://${parts.join("")}`),
    weight: 4,
  },
  { arbitrary: uri(webScheme), weight: 2 },
  { arbitrary: uri(anyScheme), weight: 1 },
);

/** Redirect URIs and patterns, as people write them and as nobody should. */
export const redirectUri: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      ...words(
        "http://localhost/callback http://127.0.0.1/callback http://[::1]/callback http://localhost:3118/callback " +
          "https://app.acme.dev/callback https://claude.ai/api/mcp/auth_callback http://localhost:*/callback http://127.0.0.1:*/cb " +
          "https://*.acme.dev/cb https://app.acme.dev/auth/* cursor://anysphere.cursor-mcp/oauth/callback dev.acme.app:/callback " +
          "http://app.acme.dev/callback https://localhost/callback urn:ietf:wg:oauth:2.0:oob javascript:alert(1) /callback *",
      ),
    ),
    weight: 6,
  },
  { arbitrary: uri(anyScheme), weight: 4 },
);

/** Values for members that hold a URL. */
export const memberUrl: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom("https://app.acme.dev/about", "http://app.acme.dev/about"), weight: 3 },
  { arbitrary: uri(anyScheme), weight: 2 },
);

type Change = (uri: string) => string;

const changes: readonly Change[] = [
  (uri) => uri.replace(/:\d+(?=\/|$)/, ""),
  (uri) => uri.replace(/^(\w+:\/\/[^/:?#]+|\w+:\/\/\[[^\]]*\])(?::\d*)?(?=[/?#]|$)/, "$1:49152"),
  (uri) => uri.replace(/^(\w+:\/\/[^/:?#]+)(?=[/?#]|$)/, "$1:"),
  (uri) => uri.replace("localhost", "127.0.0.1"),
  (uri) => uri.replace("127.0.0.1", "localhost"),
  (uri) => uri.replace("localhost", "LOCALHOST"),
  (uri) => uri.replace("http://", "https://"),
  (uri) => uri.replace("https://", "HTTPS://"),
  (uri) => uri.replace("://", "://user@"),
  (uri) => uri.replace("://", ":/"),
  (uri) => `${uri}/`,
  (uri) => `${uri}?code=1`,
  (uri) => `${uri}#`,
  (uri) => `${uri}#f`,
  (uri) => ` ${uri}`,
  (uri) => `${uri}\n`,
  (uri) => uri.replace(/\/$/, ""),
  (uri) => uri.replace("/callback", "/x/../callback"),
  (uri) => uri.replace("/callback", "/%63allback"),
  (uri) => uri.replace("*", "49152"),
  (uri) => uri.replace("*", "x"),
  (uri) => uri.toWellFormed(),
  (uri) => uri.toUpperCase(),
];

/** A redirect URI that a request may send when the document lists `entry`: the same, a variant, or another. */
export function requestFor(entry: string): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constant(entry), weight: 3 },
    {
      arbitrary: fc
        .array(fc.constantFrom(...changes), { minLength: 1, maxLength: 2 })
        .map((chosen) => chosen.reduce((uri, change) => change(uri), entry)),
      weight: 7,
    },
    { arbitrary: redirectUri, weight: 1 },
  );
}
