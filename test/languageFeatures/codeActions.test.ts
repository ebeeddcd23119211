import { describe, expect, it } from "vitest";
import type { Range } from "vscode-languageserver-types";
import { analyse } from "../../server/src/check/analyse.js";
import { codeActions } from "../../server/src/languageFeatures/codeActions.js";
import { CHANGE_SETTING } from "../../server/src/languageFeatures/settingChange.js";

const URI = "file:///client.cimd.json";
const TEXT = `{
  "client_id": "https://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": [
    "http://localhost:*/callback"
  ],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;
const WHOLE_LINE = { start: { line: 4, character: 0 }, end: { line: 4, character: 40 } };

async function titles(...commands: readonly string[]): Promise<string[]> {
  return offered(TEXT, WHOLE_LINE, commands);
}

async function offered(text: string, range: Range, commands: readonly string[] = []): Promise<string[]> {
  const request = { uri: URI, range, clientCommands: new Set(commands) };
  return (await codeActions(analyse(text), request)).map(({ title }) => title);
}

describe("codeActions", () => {
  it("lists what fixes first, then narrowing down once, then explaining, then switching off", async () => {
    const found = await titles("cimd.explainRule", CHANGE_SETTING);
    const kinds = found.map((title) =>
      title.startsWith("Explain")
        ? "explain"
        : title.startsWith("Turn off")
          ? "off"
          : title.startsWith("I only use")
            ? "narrow"
            : "fix",
    );
    expect([...kinds].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))).toEqual(kinds);
    expect(kinds.filter((kind) => kind === "narrow")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "explain").length).toBeGreaterThan(1);
    expect(kinds[0]).toBe("fix");
  });

  it("counts the servers of a title where they are many", async () => {
    expect((await titles()).find((title) => title.includes("application_type native"))).toMatch(
      /^Use http:\/\/localhost\/callback and application_type native: better on \d\d servers/,
    );
  });

  it.each([
    ["short", 0],
    ["long", 200_000],
  ])("offers no fix that changes nothing, in a %s document", async (_, padding) => {
    // OpenID Connect knows the value; oidc-provider and Better Auth, as they are shipped, do not.
    const text = TEXT.replace("{", '{ "subject_type": "pairwise",') + " ".repeat(padding);
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 30 } };
    expect(analyse(text).findings.map(({ rule }) => rule)).toContain("oidc/subject-type");
    const found = await offered(text, line);
    expect(found.filter((title) => title.includes("pairwise"))).toEqual([]);
  });

  it("offers no fix that leaves more errors, but where a document is too long to try it", async () => {
    const text = '{ "token_endpoint_auth_methods_supported": ["private_key_jwt"] }';
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 60 } };
    // The method would not be in the list.
    const misleading = "Add token_endpoint_auth_method: none";
    expect(await offered(text.padEnd(20_000), line)).not.toContain(misleading);
    expect(await offered(text.padEnd(200_000), line)).toContain(misleading);
  });

  it("offers no command that the editor does not have", async () => {
    expect((await titles()).filter((title) => /^(?:Explain|Turn off|I only use)/.test(title))).toEqual([]);
  });
});

const ORDER: readonly string[] = ["fix", "narrow", "explain", "off"];
