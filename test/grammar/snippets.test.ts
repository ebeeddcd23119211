import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { DOCUMENT_SNIPPETS, snippetText } from "../../server/src/metadata/snippets.js";

/** The same documents as VS Code has them for *Insert Snippet*. */
const CONTRIBUTED: Record<string, { prefix?: string; body: string[] }> = JSON.parse(
  readFileSync(new URL("../../snippets/cimd.json", import.meta.url), "utf8"),
);

/** What stands in the editor when a person only presses Tab, with a domain of their own. */
function expanded(snippet: string): string {
  return snippet
    .replace("$0", "")
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, "$2")
    .replace(/\$\{\d+:([^}]*)\}/g, (_, given: string) => given.replace("example.com", "acme-notes.dev"));
}

/** General servers, which ask nothing of a client that the specifications do not; atproto's ask for members of their own. */
const EXPECTED = ["fastmcp", "oidc-provider", "cloudflare-workers-oauth-provider", "better-auth"];

describe("snippets", () => {
  it.each(DOCUMENT_SNIPPETS.map((snippet) => [snippet.label, snippetText(snippet)]))(
    "%s gives a document that nothing is wrong with",
    (label, snippet) => {
      const text = expanded(snippet);
      expect(() => JSON.parse(text)).not.toThrow();
      const { problems, verdicts } = checkDocument(text);
      const wrong = problems.filter(({ severity }) => severity === "error" || severity === "warning");
      expect(wrong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
      const loads = verdicts.filter(({ verdict }) => verdict === "accepts").map(({ server }) => server);
      expect(loads).toEqual(expect.arrayContaining(label.startsWith("atproto") ? ["atproto"] : EXPECTED));
    },
  );

  it.each(DOCUMENT_SNIPPETS.map((snippet) => [snippet.label, snippetText(snippet)]))(
    "%s has the whole client_id as its first tab stop, so that a pasted URL takes its place",
    (_, snippet) => expect(snippet).toMatch(/"client_id": "\$\{1:https:[^}]*\}"/),
  );

  it("can be told apart by what is typed for them", () => {
    const prefixes = DOCUMENT_SNIPPETS.flatMap((snippet) => snippet.prefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it("are not offered by VS Code itself, which would offer them as values too", () => {
    expect(Object.keys(CONTRIBUTED)).toEqual(DOCUMENT_SNIPPETS.map(({ label }) => label));
    for (const { prefix } of Object.values(CONTRIBUTED)) expect(prefix).toBeUndefined();
  });
});
