import { describe, expect, it } from "vitest";
import type { DocumentSymbol } from "vscode-languageserver-types";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { documentSymbols } from "../../server/src/languageFeatures/documentSymbols.js";

/** `name | detail`, indented by depth. */
function outline(text: string): string[] {
  const lines: string[] = [];
  const walk = (symbols: readonly DocumentSymbol[], indent: string): void => {
    for (const { name, detail, children } of symbols) {
      lines.push(`${indent}${name}${detail === undefined ? "" : ` | ${detail}`}`);
      walk(children ?? [], `${indent}  `);
    }
  };
  walk(documentSymbols(new ClientMetadataDocument(text)), "");
  return lines;
}

describe("documentSymbols", () => {
  it("names list entries by what they say, and says what members hold", () => {
    expect(
      outline(`{
  "client_id": "https://app.acme.dev/client",
  "redirect_uris": ["http://127.0.0.1/callback", "http://localhost:*/callback", "com.acme.app:/callback", 5],
  "grant_types": ["authorization_code", "refresh_token"],
  "jwks": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": "2026-11" }, { "kty": "RSA" }] },
  "dpop_bound_access_tokens": true,
  "x_none": null,
  "x_empty": []
}`),
    ).toEqual([
      "client_id | https://app.acme.dev/client",
      "redirect_uris | 4 entries",
      "  http://127.0.0.1/callback | loopback",
      "  http://localhost:*/callback | loopback, pattern",
      "  com.acme.app:/callback | private-use scheme",
      "  5",
      "grant_types | authorization_code, refresh_token",
      "  authorization_code",
      "  refresh_token",
      "jwks",
      "  keys | 2 entries",
      "    2026-11 | EC P-256",
      "      kty | EC",
      "      crv | P-256",
      "      kid | 2026-11",
      "    1 | RSA",
      "      kty | RSA",
      "dpop_bound_access_tokens | true",
      "x_none | null",
      "x_empty | 0 entries",
    ]);
  });

  it("gives every symbol a name on one line, also where the text has none", () => {
    expect(outline('{"": 1, "a\\nb\\u0000": "c\\u2028d", "e": ["", {}, []]}')).toEqual([
      '"" | 1',
      "a b | c d",
      "e | 3 entries",
      "  0",
      "  1",
      "  2",
    ]);
  });

  it("cuts long values", () => {
    const [line] = outline(`{"client_name": "${"x".repeat(300)}"}`);
    expect(line).toBe(`client_name | ${"x".repeat(100)}…`);
  });

  it("keeps the name of a member inside the member's own range, also while the text is incomplete", () => {
    const text = '{\n  "client_id": "https://app.acme.dev/client",\n  "client_name"';
    const symbols = documentSymbols(new ClientMetadataDocument(text));
    expect(symbols.map(({ name, selectionRange }) => [name, selectionRange])).toEqual([
      ["client_id", { start: { line: 1, character: 2 }, end: { line: 1, character: 13 } }],
      ["client_name", { start: { line: 2, character: 2 }, end: { line: 2, character: 15 } }],
    ]);
    expect(symbols[1]?.range).toEqual(symbols[1]?.selectionRange);
  });

  it("stops after 5000 symbols", () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => `"http://127.0.0.1/${i}"`).join();
    expect(outline(`{"redirect_uris": [${entries}], "client_name": "after"}`)).toHaveLength(5000);
  });

  it("has nothing to show for a text without members", () => {
    expect(outline("")).toEqual([]);
    expect(outline('"text"')).toEqual([]);
  });
});
