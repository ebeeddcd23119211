import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { readCreateArguments } from "../../server/src/cli/createOptions.js";
import { UsageError } from "../../server/src/cli/io.js";
import { readSettingsFile } from "../../server/src/cli/settingsFile.js";
import { documentWithKey } from "../../server/src/create/addPublicKey.js";
import {
  HostingConfigurationError,
  hostingConfiguration,
} from "../../server/src/create/hostingConfiguration.js";
import { readFetchUrl } from "../../server/src/hosted/fetchUrl.js";
import { readImage } from "../../server/src/hosted/imageFile.js";
import { formatJson } from "../../server/src/languageFeatures/format.js";
import { applyEdits } from "../../server/src/rules/edits.js";
import { domainToAscii } from "../../server/src/servers/behaviours/domainToAscii.js";
import { exampleOf, fnmatch } from "../../server/src/servers/behaviours/pythonFnmatch.js";
import { SERVERS } from "../../server/src/servers/servers.js";
import { mixesScripts } from "../../server/src/uri/confusables.js";
import { siteOf } from "../../server/src/uri/site.js";
import { toUnicodeHost } from "../../server/src/uri/unicodeHost.js";

/**
 * What `npm run fuzz` found to cost more than in proportion to its length. With the lengths here it took minutes or hours,
 * so each of these ends in time only if it is linear now.
 */
describe("a long text", () => {
  it("of many edits is put together", () => {
    const text = "ab".repeat(400_000);
    const edits = Array.from({ length: 400_000 }, (_, index) => ({
      offset: index * 2,
      end: index * 2 + 1,
      newText: "cd",
    }));
    expect(applyEdits(text, edits)).toBe("cdb".repeat(400_000));
  });

  it("of brackets that never close is a pattern", () => {
    const text = "[".repeat(1_000_000);
    expect(fnmatch(text, text)).toBe(true);
    expect(exampleOf(text)).toBe(text);
  });

  it("of ranges that run backwards is a set", () => {
    const set = `[${"N--A".repeat(100_000)}]`;
    expect(exampleOf(set)).toBe("A");
    expect(fnmatch("A", set)).toBe(true);
  });

  it("in Punycode is no label", () => {
    const label = `xn--mn${"chep".repeat(200_000)}`;
    expect(toUnicodeHost(`${label}.dev`)).toBe(`${label}.dev`);
    expect(domainToAscii(`${label}.dev`)).toBeUndefined();
  });

  it("of labels is no name of a site", () => {
    const host = "a.".repeat(200_000);
    expect(siteOf(host)).toBe(host);
  });

  it("in one line gets a key", () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `"client_name#x-${index}":"Acme"`).join(",");
    const document = `{"client_id":"https://app.acme.dev/c",${names}}`;
    const changed = documentWithKey(document, { kty: "OKP" }, "EdDSA", "jwks");
    expect(Object.keys(JSON.parse(changed))).toHaveLength(20_004);
  });

  it("of brackets that are never closed is not indented", () => {
    const text = `{"a":${'["b"c,'.repeat(100_000)}`;
    expect(formatJson(text, undefined, { tabSize: 2, insertSpaces: true })).toEqual([]);
  });

  it("whose lines open brackets for the one who reads from the middle is not indented there", () => {
    // As a whole it is one comment.
    const text = `{ /*\n${": [\n".repeat(100_000)}*/ }`;
    const range = { start: { line: 2, character: 2 }, end: { line: 100_000, character: 0 } };
    expect(formatJson(text, range, { tabSize: 2, insertSpaces: true })).toEqual([]);
  });

  it("of brackets is no settings file, and no vercel.json", () => {
    const text = "[".repeat(1_000_000);
    expect(() => readSettingsFile(text, "settings.json")).toThrow(UsageError);
    expect(() => hostingConfiguration("vercel", ["/c.json"], `{"a":${text}`)).toThrow(
      HostingConfigurationError,
    );
  });

  it("in one line gets the configuration of a host", () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => `{"source":"/${index}","headers":[]}`).join(
      ",",
    );
    const changed = hostingConfiguration("vercel", ["/c.json"], `{"headers":[${rules}]}`);
    expect(JSON.parse(changed).headers).toHaveLength(10_001);
  });

  it("of logos and redirects on other sites is checked", () => {
    const logos = Array.from(
      { length: 8_000 },
      (_, index) => `"logo_uri#x-${index}":"https://cdn-${index}.dev/a.png"`,
    );
    const redirects = Array.from({ length: 8_000 }, (_, index) => `"https://app.acme.dev/${index}"`);
    const { problems } = checkDocument(
      `{"client_id":"https://app.acme.dev/c","redirect_uris":[${redirects}],${logos}}`,
      { servers: "none" },
    );
    expect(problems.filter(({ rule }) => rule === "logo-uri/cross-origin").length).toBeGreaterThan(20);
  });

  it("of neutral characters before one more script mixes scripts, and a document has it as its name", () => {
    const name = `${"1[".repeat(100_000)}\u2c8e\u041d\u13bb`;
    expect(mixesScripts(name)).toBe(true);
    expect(checkDocument(JSON.stringify({ client_name: name })).problems).not.toEqual([]);
  });

  it("of comments is no picture", () => {
    const comments = (count: number, end: string) =>
      new TextEncoder().encode(`${"<!---->".repeat(count)}${end}`);
    expect(readImage(comments(500, "<svg>"))?.type).toBe("image/svg+xml");
    expect(readImage(comments(500, "<p>"))).toBeUndefined();
  });

  it("of arguments is read", () => {
    const redirects = Array.from({ length: 100_000 }, () => ["-r", "http://localhost/cb"]).flat();
    expect(readCreateArguments(["--name", "Acme", ...redirects]).redirectUris).toHaveLength(100_000);
  });

  it("of labels, which `URL.canParse` of Node.js takes and `new URL` does not, is no URL", () => {
    const url = `https://APP.${"example.".repeat(5_000)}dev/x`;
    expect(readFetchUrl(url)).toMatchObject({ code: "not-a-url" });
    const { verdicts } = checkDocument(
      JSON.stringify({ client_id: url, client_uri: url, redirect_uris: [url] }),
    );
    expect(verdicts).toHaveLength(SERVERS.length);
  });
});
