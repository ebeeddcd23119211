import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { LineIndex, type Range } from "../../server/src/document/lineIndex.js";
import { splitUri } from "../../server/src/uri/splitUri.js";
import { joinUri, offsetOf } from "../../server/src/uri/uriParts.js";

/** Lines end at LF, CR or CRLF (LSP 3.18, "Text Documents"). */
function assertInside(text: string, { start, end }: Range): void {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { line, character } of [start, end]) {
    expect(character).toBeGreaterThanOrEqual(0);
    expect(character).toBeLessThanOrEqual(lines[line]?.length ?? -1);
  }
  if (start.line === end.line) expect(start.character).toBeLessThanOrEqual(end.character);
  else expect(start.line).toBeLessThan(end.line);
}

describe("ranges", () => {
  it.each([
    ["a fragment behind a path without authority", '{"post_logout_redirect_uris":["com.a:/x#"]}'],
    ["a backslash in front of CRLF", '{"a\\\r\n": 1}'],
    ["a string that CRLF ends", '{"client_id": "https://a\r\n}'],
    ["a comment that nothing ends", "{}/*"],
    ["a value that nothing ends", '{"a":"\\'],
  ])("lie inside their lines: %s", (_, text) => {
    const { problems } = checkDocument(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const { range } of problems) assertInside(text, range);
  });

  it("lie inside their lines whatever offsets they are made from", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "\r", "\n", "\u{1f510}", '"'), maxLength: 12 }),
        fc.integer({ min: -3, max: 15 }),
        fc.integer({ min: -3, max: 15 }),
        (text, offset, end) => assertInside(text, new LineIndex(text).range(offset, end)),
      ),
      { seed: 20_261_201, numRuns: 2_000 },
    );
  });

  it("of an address lead to the part they are about", () => {
    const { problems } = checkDocument('{"post_logout_redirect_uris":["com.a:/x#now"]}', { servers: "none" });
    const range = problems.find(({ rule }) => rule === "logout/uris")?.range;
    expect(range).toEqual({ start: { line: 0, character: 39 }, end: { line: 0, character: 43 } });
  });
});

describe("the parts of a URI", () => {
  it("stand where they are said to", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "1", "."), maxLength: 3 });
    const optional = fc.option(text, { nil: undefined });
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom("https", "com.a"), { nil: undefined }),
        fc.option(fc.record({ userinfo: optional, host: text, port: optional }), { nil: undefined }),
        text.map((path) => `/${path}`),
        optional,
        optional,
        (scheme, authority, path, query, fragment) => {
          const raw = joinUri({
            scheme,
            authority: authority && "given",
            userinfo: authority?.userinfo,
            host: authority?.host,
            port: authority?.port,
            path,
            query,
            fragment,
          });
          const parts = splitUri(raw);
          for (const name of ["authority", "host", "port", "path", "query", "fragment"] as const) {
            const part = parts[name];
            if (part === undefined) continue;
            expect(raw.slice(offsetOf(name, parts), offsetOf(name, parts) + part.length), raw).toBe(part);
          }
        },
      ),
      { seed: 20_261_201, numRuns: 2_000 },
    );
  });

  it("keep a document's ranges in one piece of text", () => {
    const text = '{ "logo_uri": "dev.acme:/logo?x#y" }';
    const document = new ClientMetadataDocument(text);
    for (const { range } of checkDocument(text).problems) assertInside(document.text, range);
  });
});
