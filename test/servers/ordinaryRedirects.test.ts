import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { classifyRedirectUri, type RedirectUri } from "../../server/src/redirects/classify.js";
import { ordinaryHost } from "../../server/src/redirects/ordinary.js";
import { redirectRule } from "../../server/src/rules/redirect-uris/redirectRule.js";
import type { Rule } from "../../server/src/rules/rule.js";
import { RULES } from "../../server/src/rules/rules.js";

/*
 * Rules and profiles leave ordinary https redirects out where they say that they have nothing to say about them. Here all
 * of them look at every redirect, because none counts as ordinary, and must say the same.
 */

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(?:-[a-z0-9]{1,4})?$/);
const suffix = fc.constantFrom("dev", "com", "io", "net", "app", "zip", "ai", "london", "uk");
const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), suffix)
  .map(([labels, last]) => [...labels, last].join("."));
const known = fc.constantFrom(
  "app.acme.dev",
  "acme.dev",
  "example.com",
  "www.example.org",
  "acme.github.io",
  "co.uk",
  "abcdefghijklmnop.chromiumapp.org",
  "nip.io",
  "metadata.goog",
  "localhost.acme.dev",
  "your-domain.com",
  "bit.ly",
  "a1b2.ngrok-free.app",
);
const path = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.stringMatching(
      /^[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,8}(?:\/[A-Za-z0-9_~-][A-Za-z0-9_~.-]{0,8}){0,3}\/?$/,
    ),
  },
  fc.constantFrom("__APP_NAME__/callback", "TODO", "your-app/callback", "change-me"),
);
const ordinary = fc
  .tuple(fc.oneof(known, host), path)
  .map(([name, rest]) => `https://${name}/${rest}`)
  .filter((uri) => ordinaryHost(uri) !== undefined);

const document = fc
  .record(
    {
      client_id: fc.constantFrom("https://app.acme.dev/client.json", "https://www.example.com/client"),
      client_name: fc.constant("Acme"),
      client_uri: fc.constant("https://app.acme.dev/"),
      redirect_uris: fc.array(
        fc.oneof({ weight: 4, arbitrary: ordinary }, fc.constant("http://127.0.0.1/callback")),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      application_type: fc.constantFrom("native", "web", "other"),
      grant_types: fc.constantFrom(
        ["authorization_code"],
        ["authorization_code", "refresh_token"],
        ["implicit"],
      ),
      response_types: fc.constantFrom(["code"], ["code", "id_token"], ["id_token"]),
      token_endpoint_auth_method: fc.constantFrom("none", "private_key_jwt"),
      jwks_uri: fc.constant("https://app.acme.dev/jwks.json"),
      scope: fc.constantFrom("openid", "atproto transition:generic"),
      dpop_bound_access_tokens: fc.boolean(),
    },
    {
      requiredKeys: [
        "client_id",
        "redirect_uris",
        "token_endpoint_auth_method",
        "grant_types",
        "response_types",
      ],
    },
  )
  .map((members) => JSON.stringify(members));

/** What a rule says of a document, as ranges with messages; of every redirect, or of those that it takes itself. */
function said({ check }: Rule, text: string, redirects: "every" | "its own"): string[] {
  const document = new ClientMetadataDocument(text);
  if (redirects === "every") {
    Object.defineProperty(document, "unusualRedirects", { value: document.redirects });
  }
  const found: string[] = [];
  check?.(document, ({ at, message }) => found.push(`${at.offset}-${at.end} ${message}`));
  return found;
}

afterEach(() => {
  vi.doUnmock("../../server/src/redirects/ordinary.js");
  vi.resetModules();
});

describe("ordinary https redirects", () => {
  it("have nothing wrong with them that is left out", async () => {
    vi.resetModules();
    vi.doMock("../../server/src/redirects/ordinary.js", () => ({ ordinaryHost: () => undefined }));
    const thorough = await import("../../server/src/api/checkDocument.js");
    fc.assert(
      fc.property(document, (text) => {
        expect(checkDocument(text)).toEqual(thorough.checkDocument(text));
      }),
      { numRuns: 200 },
    );
  });

  it("have nothing that a rule would say if it did not leave them out", () => {
    fc.assert(
      fc.property(document, (text) => {
        for (const rule of RULES) {
          expect(said(rule, text, "every"), rule.id).toEqual(said(rule, text, "its own"));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("are left out by a rule about single redirects, unless it says that it wants them", () => {
    const [{ sources, bad, good }] = RULES as readonly [Rule, ...Rule[]];
    const test = ({ raw }: RedirectUri) => ({ message: raw });
    const minding = {
      id: "test/minding",
      severity: "hint",
      title: "",
      why: "",
      sources,
      bad,
      good,
      test,
    } as const;
    const text = '{"redirect_uris":["https://app.acme.dev/cb","http://127.0.0.1/cb"]}';
    const [https, loopback] = ["18-43 https://app.acme.dev/cb", "44-65 http://127.0.0.1/cb"];
    expect(said(redirectRule(minding), text, "its own")).toEqual([loopback]);
    expect(said(redirectRule(minding), text, "every")).toEqual([https, loopback]);
    expect(said(redirectRule({ ...minding, ordinaryToo: true }), text, "its own")).toEqual([https, loopback]);
  });

  it("are what they are taken for", () => {
    fc.assert(
      fc.property(ordinary, (uri) => {
        const { kind, scheme, parts, host: found, pattern } = classifyRedirectUri(uri);
        expect({ kind, scheme, pattern }).toEqual({
          kind: "claimed-https",
          scheme: "https",
          pattern: undefined,
        });
        expect(parts).toMatchObject({ scheme: "https", host: found, port: undefined, query: undefined });
        // A URL parser changes nothing in them.
        expect(new URL(uri).href).toBe(uri);
      }),
    );
  });

  it.each([
    "http://app.acme.dev/cb",
    "https://app.acme.dev",
    "https://app.acme.dev/",
    "https://app.acme.dev/a//b",
    "https://app.acme.dev/./cb",
    "https://app.acme.dev/.cb",
    "https://app.acme.dev/cb?x",
    "https://app.acme.dev/cb#x",
    "https://app.acme.dev/*",
    "https://app.acme.dev/%41",
    "https://app.acme.dev/é",
    "https://app.acme.dev:443/cb",
    "https://u@app.acme.dev/cb",
    "https://App.acme.dev/cb",
    "https://acme/cb",
    "https://.acme.dev/cb",
    "https://acme..dev/cb",
    "https://acme.dev./cb",
    "https://-acme.dev/cb",
    "https://acme-.dev/cb",
    "https://xn--pple-43d.acme.dev/cb",
    "https://127.0.0.1/cb",
    "https://acme.0x7f/cb",
    "https://[::1]/cb",
    "https://app.localhost/cb",
    "https://sso.acme.internal/cb",
    "https://acme.example/cb",
    `https://acme.dev/${"a".repeat(300)}`,
    "https:///cb",
    "",
  ])("do not include %s", (uri) => {
    expect(ordinaryHost(uri)).toBeUndefined();
  });
});
