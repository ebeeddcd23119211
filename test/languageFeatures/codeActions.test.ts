import { describe, expect, it } from "vitest";
import type { Range } from "vscode-languageserver-types";
import { analyse } from "../../server/src/check/analyse.js";
import { codeActions } from "../../server/src/languageFeatures/codeActions.js";
import { CHANGE_SETTING } from "../../server/src/languageFeatures/settingChange.js";
import { SERVERS } from "../../server/src/servers/servers.js";

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
  it("lists what fixes first, then the targets, then one that explains and one that switches off", async () => {
    const found = await titles("cimd.explainRule", "cimd.chooseServers", CHANGE_SETTING);
    expect(found[0]).toMatch(/^Use http/);
    expect(found.slice(-3)).toEqual([
      "My users are on…",
      "Explain rule redirect-uris/wildcard-port",
      "Turn off rule redirect-uris/wildcard-port in the user settings",
    ]);
    expect(new Set(found).size).toBe(found.length);
  });

  it("has one entry for the rules of a place, which says where it writes", async () => {
    const text = TEXT.replace('"client_name": "Acme"', '"client_nmae": "a", "client_nmae": "b"');
    const request = {
      uri: URI,
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 30 } },
      clientCommands: new Set(["cimd.explainRule", CHANGE_SETTING]),
      settingsIn: "workspace" as const,
    };
    const found = await codeActions(analyse(text), request);
    const [explain, off] = found.slice(-2);
    expect(explain).toMatchObject({
      title: "Explain a rule of this place…",
      command: { arguments: [["document/duplicate-key", "unknown-field/typo"]] },
    });
    expect(off).toMatchObject({
      title: "Turn off a rule of this place in the workspace settings…",
      command: {
        arguments: [
          { setting: "rules", rules: ["document/duplicate-key", "unknown-field/typo"], severity: "off" },
        ],
      },
    });
  });

  it("fixes all in the bulb, where that is more than the fix of the place", async () => {
    const all = "Fix all CIMD problems that can be fixed safely";
    const line = (at: number) => ({ start: { line: at, character: 0 }, end: { line: at, character: 60 } });
    const one = TEXT.replace('"response_types": ["code"]', '"response_types": "code"');
    expect(await offered(one, line(7))).not.toContain(all);
    expect(
      await offered(one.replace('"Acme"', '"Acme", "tos_url": "https://app.acme.dev/tos"'), line(7)),
    ).toContain(all);
    expect(await offered(TEXT, line(0))).toEqual([]);
  });

  it("counts the servers of a title where they are many", async () => {
    expect((await titles()).find((title) => title.includes("application_type native"))).toMatch(
      /^Use http:\/\/localhost\/callback and application_type native: better on \d+ servers/,
    );
  });

  it("counts the same servers however many redirects there are", async () => {
    const fastmcp = SERVERS.filter(({ id }) => id === "fastmcp");
    const titlesWith = async (count: number) => {
      const redirect_uris = Array.from({ length: count }, (_, index) => `https://app.acme.dev/${index}`);
      const text = JSON.stringify({ ...JSON.parse(TEXT), redirect_uris, grant_types: undefined });
      const analysis = analyse(text, { servers: { mode: "targets", targets: fastmcp } });
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
      const found = await codeActions(analysis, { uri: URI, range, clientCommands: new Set() });
      return found.map(({ title }) => title);
    };
    // More than a verdict lists.
    for (const count of [3, 130])
      expect(await titlesWith(count)).toContain("Add the refresh_token grant: better on FastMCP");
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
    const text = TEXT.replace(
      '"client_name"',
      '"redirect_url": ["javascript:1", "data:1", "file:1"], "client_name"',
    ).replace('"redirect_uris"', '"x-redirect_uris"');
    const line = { start: { line: 2, character: 0 }, end: { line: 2, character: 16 } };
    // The addresses have more faults than the missing member.
    const misleading = "Rename to redirect_uris";
    expect(await offered(text, line)).not.toContain(misleading);
    expect(await offered(text.padEnd(200_000), line)).toContain(misleading);
  });

  it("offers no command that the editor does not have", async () => {
    expect((await titles()).filter((title) => /^(?:Explain|Turn off|My users)/.test(title))).toEqual([]);
  });
});
