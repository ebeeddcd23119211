import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { jsonValue } from "../../server/src/document/jsonValue.js";
import { MAX_DEPTH, parse } from "../../server/src/document/parse.js";
import type { JsonNode } from "../../server/src/document/syntaxTree.js";

function kinds(text: string): string[] {
  return parse(text).faults.map(({ kind }) => kind);
}

describe("well-formed JSON", () => {
  it("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2), (compact, indent) => {
        const text = JSON.stringify(JSON.parse(compact), undefined, indent);
        const { root, faults } = parse(text);
        // A lone surrogate is JSON, and a fault of its own.
        expect(faults.filter(({ kind }) => kind !== "lone-surrogate")).toEqual([]);
        expect(root && JSON.parse(JSON.stringify(jsonValue(root)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("gives every node the place of its text", () => {
    const text = '{ "a": [1, "b\\u0041", true, null], "c": {"d": -1.5e3} }';
    const visit = (node: JsonNode): void => {
      expect(JSON.parse(text.slice(node.offset, node.end))).toEqual(jsonValue(node));
      if (node.type === "array") node.items.forEach(visit);
      if (node.type === "object") for (const { value } of node.members) if (value) visit(value);
    };
    const { root } = parse(text);
    expect(root).toBeDefined();
    if (root) visit(root);
  });
});

describe("texts that are not JSON", () => {
  it.each([
    ["", "json-syntax"],
    ["{", "json-syntax"],
    ['{"a":1', "json-syntax"],
    ['{"a" 1}', "json-syntax"],
    ['{"a":}', "json-syntax"],
    ["{a:1}", "json-syntax"],
    ["{'a':1}", "json-syntax"],
    ['{"a":1} x', "json-syntax"],
    ['{"a":1}{"b":2}', "json-syntax"],
    ['["a" "b"]', "json-syntax"],
    ["[,1]", "json-syntax"],
    ['{"a":tru}', "json-syntax"],
    ["{]", "json-syntax"],
    ["[}", "json-syntax"],
    ['{"a":1,}', "trailing-comma"],
    ["[1,]", "trailing-comma"],
    ['{"a":1 // x\n}', "comment"],
    ['/* x */ {"a":1}', "comment"],
    ["[01]", "invalid-number"],
    ["[1.]", "invalid-number"],
    ["[.5]", "invalid-number"],
    ["[-]", "json-syntax"],
    ["[+1]", "invalid-number"],
    ["[NaN]", "invalid-number"],
    ["[-Infinity]", "invalid-number"],
    ["[0x1F]", "invalid-number"],
    ['["\t"]', "invalid-string"],
    ['["\\x41"]', "invalid-string"],
    ['["\\u12"]', "invalid-string"],
    ['["\ud800"]', "lone-surrogate"],
    ["\ufeff{}", "bom"],
    ['{"a":"\u0000"}', "invalid-string"],
    ['{"a":\u0000}', "json-syntax"],
    ["{\u00a0}", "json-syntax"],
  ])("%j has a fault of kind %s", (text, kind) => {
    expect(kinds(text)).toContain(kind);
  });

  it("never passes a text that JSON.parse refuses", () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", ",", "}", "]", '"', ":", "x", "\u0000", "'", "/", "01", "-"),
      )
      .map(([text, at, insert]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + insert + text.slice(insert === "" ? index + 1 : index);
      });
    fc.assert(
      fc.property(broken, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const faults = kinds(text).filter((kind) => kind !== "lone-surrogate");
        expect(faults.length === 0, text).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps what can be read beside a mistake", () => {
    const document = new ClientMetadataDocument(
      '{"client_id": "https://a.acme.dev/c" "client_name": , "redirect_uris": ["https://a.acme.dev/cb", "x"',
    );
    expect(document.string("client_id")?.value).toBe("https://a.acme.dev/c");
    expect(document.has("client_name")).toBe(true);
    expect(document.redirects.map(({ node }) => node.value)).toEqual(["https://a.acme.dev/cb", "x"]);
    expect(document.complete).toBe(false);
  });

  it("takes an unquoted URL as one mistake", () => {
    expect(kinds('{"client_uri": https://acme.dev/x,\n "scope": "a"}')).toEqual(["json-syntax"]);
  });

  it("stops at a depth and says so once", () => {
    const deep = "[".repeat(100_000);
    expect(kinds(deep)).toEqual(["too-deep"]);
    expect(kinds("[".repeat(MAX_DEPTH) + "]".repeat(MAX_DEPTH))).toEqual([]);
    expect(kinds('{"a":'.repeat(100_000))).toEqual(["too-deep"]);
  });

  it("has faults and nodes inside the text, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { faults, root } = parse(text);
        for (const { offset, end } of [...faults, ...(root ? [root] : [])]) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(offset);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the typed view", () => {
  it("takes the last of several members, as parsers do", () => {
    const document = new ClientMetadataDocument('{"scope": "a", "scope": "b", "__proto__": "c"}');
    expect(document.string("scope")?.value).toBe("b");
    expect(document.string("__proto__")?.value).toBe("c");
    expect(document.has("constructor")).toBe(false);
  });

  it("counts bytes as UTF-8", () => {
    for (const text of ["", "abc", "é", "€", "😀", "a\ud800b", "\udc00", "éa€😀"]) {
      expect(new ClientMetadataDocument(text).byteLength).toBe(Buffer.byteLength(text));
    }
  });

  it("turns offsets into lines that end at LF, CR and CRLF", () => {
    const { lines } = new ClientMetadataDocument("a\nb\r\nc\rd😀e");
    expect(lines.positionAt(0)).toEqual({ line: 0, character: 0 });
    expect(lines.positionAt(2)).toEqual({ line: 1, character: 0 });
    expect(lines.positionAt(5)).toEqual({ line: 2, character: 0 });
    expect(lines.positionAt(7)).toEqual({ line: 3, character: 0 });
    expect(lines.positionAt(10)).toEqual({ line: 3, character: 3 });
    expect(lines.positionAt(99)).toEqual({ line: 3, character: 4 });
  });
});
