import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyRedirectUri, isLoopbackHost } from "../../server/src/redirects/classify.js";
import { splitUri } from "../../server/src/uri/splitUri.js";
import { hostRange, joinUri, offsetOf } from "../../server/src/uri/uriParts.js";

describe("kinds of redirect URI", () => {
  it.each([
    ["https://app.acme.dev/cb", "claimed-https"],
    ["HTTPS://app.acme.dev/cb", "claimed-https"],
    ["http://127.0.0.1/cb", "loopback"],
    ["http://127.1.2.3:8080/cb", "loopback"],
    ["http://[::1]/cb", "loopback"],
    ["http://[0:0:0:0:0:0:0:1]/cb", "loopback"],
    ["http://localhost/cb", "loopback"],
    ["http://LOCALHOST./cb", "loopback"],
    ["http://app.localhost/cb", "loopback"],
    ["https://localhost/cb", "loopback-https"],
    ["http://app.acme.dev/cb", "http"],
    ["http://localhost.acme.dev/cb", "http"],
    ["http://notlocalhost/cb", "http"],
    ["http://127.0.0.1@evil.dev/cb", "http"],
    ["dev.acme.app:/cb", "private-use"],
    ["cursor://host/cb", "private-use"],
    ["javascript:alert(1)", "unsafe"],
    ["DATA:text/html,x", "unsafe"],
    ["urn:ietf:wg:oauth:2.0:oob", "urn"],
    ["/cb", "relative"],
    ["", "relative"],
    ["localhost:3000/cb", "private-use"],
  ])("%s is %s", (raw, kind) => {
    expect(classifyRedirectUri(raw).kind).toBe(kind);
  });
});

describe("redirect patterns", () => {
  it.each([
    ["http://localhost:*/callback", ["port"]],
    ["http://127.0.0.1:*/cb", ["port"]],
    ["http://[::1]:*/cb", ["port"]],
    ["https://*.example.com/cb", ["host"]],
    ["https://*.localhost/cb", ["host"]],
    ["https://app.example.com/auth/*", ["path"]],
    ["https://*.example.com:*/auth/*", ["port", "host", "path"]],
    ["dev.acme.app:/*", ["path"]],
  ])("%s is well-formed", (raw, places) => {
    expect(classifyRedirectUri(raw).pattern).toEqual({ form: "well-formed", places });
  });

  it.each([
    "http://localhost:3*/cb",
    "http://localhost:**/cb",
    "http://*:3000/cb",
    "http://local*/cb",
    "https://*/cb",
    "https://app.*.com/cb",
    "https://*.*.acme.dev/cb",
    "https://*./cb",
    "https://*.127.0.0.1/cb",
    "http://*@localhost/cb",
    "https://app.acme.dev/cb?x=*",
    "https://app.acme.dev/cb#*",
    "*",
    "*://app.acme.dev/cb",
    "javascript:*",
  ])("%s is malformed", (raw) => {
    expect(classifyRedirectUri(raw).pattern?.form).toBe("malformed");
  });

  it.each([
    ["https://*.github.io/cb", "github.io"],
    ["https://*.com/cb", "com"],
    ["https://*.CO.UK/cb", "co.uk"],
    ["https://*.vercel.app/*", "vercel.app"],
  ])("%s covers other people's names", (raw, suffix) => {
    expect(classifyRedirectUri(raw).pattern).toMatchObject({ form: "too-broad", suffix });
  });

  it("is absent without a wildcard", () => {
    expect(classifyRedirectUri("https://app.acme.dev/cb").pattern).toBeUndefined();
  });
});

describe("loopback hosts", () => {
  it("are never public names that merely look like them", () => {
    for (const host of [
      "127.0.0.1.nip.io",
      "localhost.dev",
      "[::2]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
      "",
      "128.0.0.1",
    ]) {
      expect([host, isLoopbackHost(host)]).toEqual([host, false]);
    }
  });
});

describe("splitting a URI", () => {
  it("loses nothing: the parts joined are the text, for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()),
        (raw) => {
          expect(joinUri(splitUri(raw))).toBe(raw);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("says where each part starts", () => {
    const raw = "https://user:pw@app.acme.dev:8443/a/b?q=1#f";
    const parts = splitUri(raw);
    const at = (part: Parameters<typeof offsetOf>[0], text: string): boolean =>
      raw.startsWith(text, offsetOf(part, parts));
    expect([
      at("authority", "user:"),
      at("host", "app."),
      at("port", "8443"),
      at("path", "/a/b"),
      at("query", "q=1"),
      at("fragment", "f"),
    ]).toEqual(Array(6).fill(true));
  });

  it.each([
    ["https://user:pw@", "app.acme.dev", ":8443/a"],
    ["http://", "[::1]", ":3000/cb"],
    ["//", "app.acme.dev", ""],
    ["https://", "", "/cb"],
  ])("knows that the host in %s%s%s stands in the middle", (before, host, after) => {
    const stretch = { start: before.length, end: before.length + host.length };
    expect(hostRange(splitUri(before + host + after))).toEqual(stretch);
  });

  it("tells absent from empty", () => {
    expect(splitUri("https://h")).toMatchObject({
      path: "",
      query: undefined,
      fragment: undefined,
      port: undefined,
    });
    expect(splitUri("https://@h:/?#")).toMatchObject({
      userinfo: "",
      port: "",
      path: "/",
      query: "",
      fragment: "",
    });
  });
});
