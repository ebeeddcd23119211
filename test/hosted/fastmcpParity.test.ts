import { describe, expect, it } from "vitest";
import type { CliIo } from "../../server/src/cli/io.js";
import { validate } from "../../server/src/cli/validate.js";
import { fakeFetcher } from "./fakeFetcher.js";

const URL_ = "https://app.acme.dev/client.json";
const BASE = { client_id: URL_, redirect_uris: ["http://localhost:*/callback"] };

type Members = Readonly<Record<string, unknown>>;

const document = (members: Members = {}): string => JSON.stringify({ ...BASE, ...members });

/** What `fastmcp auth cimd validate` (4.0.0b3) exits with for a document served with 200: 0 valid, 1 refused. */
interface Case {
  readonly name: string;
  readonly exit: 0 | 1;
  readonly url?: string;
  readonly body: string | Uint8Array;
  /** Why this command exits with something else: what the specifications demand and FastMCP does not check. */
  readonly stricter?: string;
}

const accepted = (name: string, body: Case["body"], more: Partial<Case> = {}): Case => ({
  name,
  exit: 0,
  body,
  ...more,
});
const refused = (name: string, body: Case["body"], more: Partial<Case> = {}): Case => ({
  name,
  exit: 1,
  body,
  ...more,
});
const same = (url: string): { url: string; body: string } => ({ url, body: document({ client_id: url }) });

const CASES: readonly Case[] = [
  accepted("minimal", document()),
  refused("no client_id", document({ client_id: undefined })),
  refused("client_id of another host", document({ client_id: "https://other.acme.dev/client.json" })),
  accepted("a slash at the end of client_id alone", document({ client_id: `${URL_}/` }), {
    stricter: "simple string comparison",
  }),
  accepted("a slash at the end of the URL alone", document(), {
    url: `${URL_}/`,
    stricter: "simple string comparison",
  }),
  refused("client_id with http", document({ client_id: URL_.replace("https", "http") })),
  accepted("upper case in the host of client_id alone", document({ client_id: URL_.replace("app", "APP") }), {
    stricter: "simple string comparison",
  }),
  { name: "upper case in the host of both", exit: 1, ...same("https://APP.acme.dev/client.json") },
  { name: ":443 in both", exit: 1, ...same("https://app.acme.dev:443/client.json") },
  accepted(":443 in client_id alone", document({ client_id: "https://app.acme.dev:443/client.json" }), {
    stricter: "simple string comparison",
  }),
  { name: ":8443 in both", exit: 0, ...same("https://app.acme.dev:8443/client.json") },
  { name: "dot segments in both", exit: 1, ...same("https://app.acme.dev/a/../client.json") },
  { name: "a query in both", exit: 0, ...same(`${URL_}?v=1`) },
  {
    name: "a fragment in both",
    exit: 0,
    ...same(`${URL_}#x`),
    stricter: "client identifier URLs have no fragment",
  },
  refused("a fragment in the URL alone", document(), { url: `${URL_}#x` }),
  {
    name: "userinfo in both",
    exit: 0,
    ...same("https://u:p@app.acme.dev/client.json"),
    stricter: "client identifier URLs have no user information",
  },
  { name: "a space in both", exit: 1, ...same("https://app.acme.dev/my client.json") },
  { name: "a percent-encoded space in both", exit: 0, ...same("https://app.acme.dev/my%20client.json") },
  { name: "an internationalised host in both", exit: 1, ...same("https://bücher.example/c.json") },
  refused("client_id as a number", document({ client_id: 7 })),
  refused("client_id that is no URL", document({ client_id: "acme" })),
  refused("client_id with ftp", document({ client_id: "ftp://app.acme.dev/client.json" })),
  refused("no redirect_uris", document({ redirect_uris: undefined })),
  refused("empty redirect_uris", document({ redirect_uris: [] })),
  refused("redirect_uris as a string", document({ redirect_uris: "http://localhost/cb" })),
  refused("redirect_uris null", document({ redirect_uris: null })),
  refused("a number in redirect_uris", document({ redirect_uris: [7] })),
  refused("an empty redirect URI", document({ redirect_uris: [""] })),
  refused("a blank redirect URI", document({ redirect_uris: ["  "] })),
  refused("a relative redirect URI", document({ redirect_uris: ["/cb"] })),
  refused("a redirect URI without host", document({ redirect_uris: ["http://"] })),
  accepted("a private-use scheme with host", document({ redirect_uris: ["cursor://acme.notes/cb"] })),
  // Since FastMCP 4.1.7.
  accepted("a private-use scheme without host", document({ redirect_uris: ["com.acme.notes:/cb"] })),
  accepted("a private-use scheme with an empty host", document({ redirect_uris: ["myapp:///cb"] })),
  refused("javascript:", document({ redirect_uris: ["javascript:alert(1)"] })),
  accepted("javascript://", document({ redirect_uris: ["javascript://x/alert(1)"] }), {
    stricter: "a scheme that runs code",
  }),
  refused("data:", document({ redirect_uris: ["data:text/html,x"] })),
  accepted("a redirect URI with fragment", document({ redirect_uris: ["https://app.acme.dev/cb#x"] }), {
    stricter: "redirect URIs have no fragment (RFC 6749 §3.1.2)",
  }),
  accepted("a redirect URI on a path pattern", document({ redirect_uris: ["https://*.acme.dev/*"] })),
  refused("a star as redirect URI", document({ redirect_uris: ["*"] })),
  refused("a redirect URI without scheme", document({ redirect_uris: ["localhost:3000/cb"] })),
  accepted("token_endpoint_auth_method none", document({ token_endpoint_auth_method: "none" })),
  accepted(
    "private_key_jwt with jwks_uri",
    document({ token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://app.acme.dev/jwks.json" }),
  ),
  refused("jwks as an array", document({ jwks: [] })),
  refused("jwks_uri with http", document({ jwks_uri: "http://app.acme.dev/jwks.json" })),
  refused("a relative jwks_uri", document({ jwks_uri: "/jwks.json" })),
  ...["client_secret_basic", "client_secret_post", "client_secret_jwt", "tls_client_auth", "", null].map(
    (method) =>
      refused(
        `token_endpoint_auth_method ${JSON.stringify(method)}`,
        document({ token_endpoint_auth_method: method }),
      ),
  ),
  accepted("client_secret", document({ client_secret: "x" }), { stricter: "a document is public" }),
  accepted("an unknown member", document({ acme_color: "red" })),
  refused("grant_types as a string", document({ grant_types: "authorization_code" })),
  refused("grant_types null", document({ grant_types: null })),
  refused("scope as an array", document({ scope: ["a"] })),
  accepted("scope as a string", document({ scope: "a b" })),
  refused("client_name as a number", document({ client_name: 7 })),
  refused("an empty client_uri", document({ client_uri: "" })),
  refused("a relative logo_uri", document({ logo_uri: "/logo.png" })),
  refused("a data: logo_uri", document({ logo_uri: "data:image/png;base64,AA" })),
  accepted("a logo_uri with http", document({ logo_uri: "http://app.acme.dev/logo.png" })),
  refused("contacts as a string", document({ contacts: "a@acme.dev" })),
  refused("a broken policy_uri", document({ policy_uri: "nonsense" })),
  refused("an array", `[${document()}]`),
  refused("a string", '"x"'),
  accepted("a byte order mark", `\ufeff${document()}`),
  refused("not JSON", "hello"),
  refused("nothing", ""),
  refused("a comment", `{// x\n${document().slice(1)}`),
  refused("a trailing comma", `${document().slice(0, -1)},}`),
  accepted("a member twice", `{"client_name":"a",${document({ client_name: "b" }).slice(1)}`),
  accepted("UTF-16", Buffer.from(`\ufeff${document()}`, "utf16le"), {
    stricter: "JSON is UTF-8 (RFC 8259 §8.1)",
  }),
  refused("HTML", "<!doctype html>"),
  accepted("NaN", `{"x":NaN,${document().slice(1)}`, { stricter: "JSON has no NaN" }),
];

describe("cimd validate exits as fastmcp auth cimd validate does", () => {
  for (const { name, exit, url = URL_, body, stricter } of CASES) {
    it(stricter === undefined ? `${exit}: ${name}` : `1 instead of 0: ${name} (${stricter})`, async () => {
      const io: CliIo = {
        stdout: () => {},
        stderr: () => {},
        readStdin: async () => "",
        colour: false,
        env: {},
        cwd: "/",
      };
      const { fetcher } = fakeFetcher({ [url]: { body } });
      expect(await validate([url], io, fetcher)).toBe(stricter === undefined ? exit : 1);
    });
  }
});
