import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";

interface Snippet {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
  readonly description: string;
}

const SNIPPETS: Record<string, Snippet> = JSON.parse(
  readFileSync(new URL("../../snippets/cimd.json", import.meta.url), "utf8"),
);

/** What a document needs besides the members that a snippet stands for. */
const BASE: Readonly<Record<string, unknown>> = {
  client_id: "https://app.acme-notes.dev/oauth/client.cimd.json",
  client_name: "Acme Notes",
  redirect_uris: ["https://app.acme-notes.dev/callback"],
  application_type: "web",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Whether a snippet stands for some members and not for a whole document. */
function isPart({ body }: Snippet): boolean {
  return body[0] !== "{";
}

/** A document with the members that a snippet stands for, beside the usual ones. */
function around(members: string): string {
  const own: Record<string, unknown> = JSON.parse(`{${members}}`);
  const rest = Object.entries(BASE).filter(([name]) => !Object.hasOwn(own, name));
  return JSON.stringify({ ...Object.fromEntries(rest), ...own }, null, 2);
}

/** What stands in the editor when a person only presses Tab, with a domain of their own. */
function expanded({ body }: Snippet): string {
  const defaults = new Map<string, string>();
  const text = body.join("\n").replace("$0", "");
  return text
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, "$2")
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, tabStop: string, given: string) => {
      const value =
        defaults.get(tabStop) ??
        given.replace("example.com", "acme-notes.dev").replace("com.example", "dev.acme-notes");
      defaults.set(tabStop, value);
      return value;
    });
}

/** General servers, which ask nothing of a client that the specifications do not. */
const EXPECTED = ["fastmcp", "oidc-provider", "cloudflare-workers-oauth-provider", "better-auth"];

/** atproto's servers ask for members of their own; a snippet whose description says that FastMCP refuses is not for it. */
function expectedFor(name: string, { description }: Snippet): string[] {
  if (name.startsWith("atproto")) return ["atproto"];
  return EXPECTED.filter((server) => server !== "fastmcp" || !description.includes("FastMCP refuses"));
}

describe("snippets", () => {
  it.each(Object.entries(SNIPPETS))("%s gives a document that nothing is wrong with", (name, snippet) => {
    const text = isPart(snippet) ? around(expanded(snippet)) : expanded(snippet);
    expect(() => JSON.parse(text)).not.toThrow();
    const { problems, verdicts } = checkDocument(text);
    const wrong = problems.filter(({ severity }) => severity === "error" || severity === "warning");
    expect(wrong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    const loads = verdicts.filter(({ verdict }) => verdict === "accepts").map(({ server }) => server);
    expect(loads).toEqual(expect.arrayContaining(expectedFor(name, snippet)));
  });

  it.each(Object.entries(SNIPPETS).filter(([, snippet]) => isPart(snippet)))(
    "%s leaves the comma behind it to the document",
    (_, snippet) => expect(expanded(snippet)).toMatch(/[^,\s]$/),
  );

  it("can be told apart by what is typed for them", () => {
    const prefixes = Object.values(SNIPPETS).flatMap(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
