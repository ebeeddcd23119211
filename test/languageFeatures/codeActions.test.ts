import { describe, expect, it } from "vitest";
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

function titles(...commands: readonly string[]): string[] {
  return codeActions(analyse(TEXT), URI, WHOLE_LINE, undefined, new Set(commands)).map(({ title }) => title);
}

describe("codeActions", () => {
  it("lists what fixes first, then narrowing down once, then explaining, then switching off", () => {
    const found = titles("cimd.explainRule", CHANGE_SETTING);
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

  it("counts the servers of a title where they are many", () => {
    expect(titles().find((title) => title.includes("application_type native"))).toMatch(
      /^Use http:\/\/localhost\/callback and application_type native: better on \d\d servers/,
    );
  });

  it.each([
    ["short", 0],
    ["long", 70_000],
  ])("offers no fix that changes nothing, in a %s document", (_, padding) => {
    // OpenID Connect knows the value; oidc-provider and Better Auth, as they are shipped, do not.
    const text = TEXT.replace("{", '{ "subject_type": "pairwise",') + " ".repeat(padding);
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 30 } };
    const analysis = analyse(text);
    expect(analysis.findings.map(({ rule }) => rule)).toContain("oidc/subject-type");
    const found = codeActions(analysis, URI, line, undefined, new Set());
    expect(found.map(({ title }) => title).filter((title) => title.includes("pairwise"))).toEqual([]);
  });

  it("tries each fix of a document of 65,536 characters, and offers none that leaves more errors", () => {
    const text = '{ "token_endpoint_auth_methods_supported": ["private_key_jwt"] }'.padEnd(65_536);
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 60 } };
    const offered = (of: string) =>
      codeActions(analyse(of), URI, line, undefined, new Set()).map(({ title }) => title);
    // The method would not be in the list.
    expect(offered(text)).not.toContain("Add token_endpoint_auth_method: none");
    expect(offered(`${text} `)).toContain("Add token_endpoint_auth_method: none");
  });

  it("offers no command that the editor does not have", () => {
    expect(titles().filter((title) => /^(?:Explain|Turn off|I only use)/.test(title))).toEqual([]);
  });
});

const ORDER: readonly string[] = ["fix", "narrow", "explain", "off"];
