import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/checkDocument.js";

interface Snippet {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
  readonly description: string;
}

const SNIPPETS: Record<string, Snippet> = JSON.parse(
  readFileSync(new URL("../../snippets/cimd.json", import.meta.url), "utf8"),
);

/** What stands in the editor when a person only presses Tab, with a domain of their own. */
function expanded({ body }: Snippet): string {
  const defaults = new Map<string, string>();
  const text = body.join("\n").replace("$0", "");
  return text
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, "$2")
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, tabStop: string, given: string) => {
      const value = defaults.get(tabStop) ?? given.replace("example.com", "acme-notes.dev");
      defaults.set(tabStop, value);
      return value;
    });
}

/** General servers, which ask nothing of a client that the specifications do not. */
const EXPECTED = ["fastmcp", "oidc-provider", "cloudflare-workers-oauth-provider", "better-auth"];

describe("snippets", () => {
  it.each(Object.entries(SNIPPETS))("%s gives a document that nothing is wrong with", (name, snippet) => {
    const text = expanded(snippet);
    expect(() => JSON.parse(text)).not.toThrow();
    const { problems, verdicts } = checkDocument(text);
    const wrong = problems.filter(({ severity }) => severity === "error" || severity === "warning");
    expect(wrong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    const loads = verdicts.filter(({ verdict }) => verdict === "accepts").map(({ server }) => server);
    expect(loads).toEqual(expect.arrayContaining(name.startsWith("atproto") ? ["atproto"] : EXPECTED));
  });

  it("can be told apart by what is typed for them", () => {
    const prefixes = Object.values(SNIPPETS).flatMap(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
