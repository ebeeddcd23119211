import { describe, expect, it } from "vitest";
import { javaUri } from "../../server/src/servers/behaviours/javaUri.js";
import { javaUrl } from "../../server/src/servers/behaviours/javaUrl.js";

/** What Java 17 said. */
describe("java.net.URI", () => {
  it.each([
    "https://a b/",
    "https://a/%zz",
    "https://a/#b#c",
    "https://a/[x]",
    "https://[::1",
    "https://[12345::]/",
    "https://[1:2:3:4:5:6:7:8::]/",
    "https:",
    "//",
    "",
  ])("takes %j only where it is a URI", (text) => {
    expect(javaUri(text) === undefined).toBe(text !== "");
  });

  it.each([
    ["https://app.acme.dev:8080/cb?a#b", "app.acme.dev"],
    ["https://me:x@app.acme.dev/", "app.acme.dev"],
    ["https://1a/", "1a"],
    ["https://acme.1/", undefined],
    ["https://a_b/", undefined],
    ["https://-a/", undefined],
    ["https://a..b/", undefined],
    ["https://acme.dev./", "acme.dev."],
    ["https://é.dev/", undefined],
    ["https://é@acme.dev/", "acme.dev"],
    ["https://0127.0.0.1/", "0127.0.0.1"],
    ["https://256.0.0.1/", undefined],
    ["https://[::ffff:1.2.3.4]/", "[::ffff:1.2.3.4]"],
    ["https://[fe80::1%25eth0]/", "[fe80::1%25eth0]"],
    ["https://a:2147483647/", "a"],
    ["https://a:2147483648/", undefined],
    ["http://localhost:*/cb", undefined],
    ["https:///cb", undefined],
    ["mailto:me@acme.dev", undefined],
  ])("finds the host of %j", (text, host) => {
    expect(javaUri(text)).toMatchObject({ host });
  });
});

describe("java.net.URL", () => {
  it.each([
    ["HTTPS://acme.dev/c d", { protocol: "https", host: "acme.dev" }],
    ["jar:https://a!/", { protocol: "jar", host: "" }],
    ["jar:https://a/", undefined],
    ["acme://a/", undefined],
    ["https://a:b/", undefined],
    ["https://a:2147483648/", undefined],
    ["https://[::1/", undefined],
  ])("reads %j", (text, url) => {
    expect(javaUrl(text)).toEqual(url);
  });
});
