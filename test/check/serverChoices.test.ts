import { describe, expect, it } from "vitest";
import { checkDocument, UnknownServerError } from "../../server/src/api/checkDocument.js";
import { analyse } from "../../server/src/check/analyse.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { CHOOSE_SERVERS_COMMAND, codeActions } from "../../server/src/languageFeatures/codeActions.js";
import { CHANGE_SETTING } from "../../server/src/languageFeatures/settingChange.js";
import { evaluate } from "../../server/src/servers/evaluate.js";
import { SERVERS } from "../../server/src/servers/servers.js";

/** What FastMCP's own generator writes, with FastMCP's own example of a redirect URI. */
const SEED = `{
  "client_id": "https://app.acme.dev/client.json",
  "client_name": "Acme",
  "redirect_uris": [
    "http://localhost:*/callback"
  ],
  "token_endpoint_auth_method": "none",
  "grant_types": [
    "authorization_code"
  ],
  "response_types": [
    "code"
  ]
}
`;
const WILDCARD = { start: { line: 4, character: 22 }, end: { line: 4, character: 23 } };

describe("the generator's own document", () => {
  it("shows two informations while no target is chosen", () => {
    const { problems } = checkDocument(SEED);
    expect(problems).toMatchObject([
      { rule: "redirect-uris/wildcard-port", severity: "information", range: WILDCARD },
      { rule: "grant-types/no-refresh", severity: "information" },
    ]);
    expect(problems.find(({ rule }) => rule === "redirect-uris/wildcard-port")?.message).toMatch(
      /Refused by .*oidc-provider/,
    );
  });

  it("shows only the information about refreshing for FastMCP", () => {
    const { problems, verdicts } = checkDocument(SEED, { servers: ["fastmcp"] });
    expect(problems).toMatchObject([{ rule: "grant-types/no-refresh", severity: "information" }]);
    expect(verdicts).toMatchObject([
      {
        server: "fastmcp",
        verdict: "accepts",
        signIn: [{ entry: "http://localhost:*/callback", outcome: "works" }],
      },
    ]);
  });

  it("is said to hold a placeholder, and nothing of its spelling, as long as its URL is not known", () => {
    const { problems } = checkDocument(
      SEED.replace("https://app.acme.dev/client.json", "https://YOUR-DOMAIN.com/path/to/client.json"),
      { servers: ["fastmcp"] },
    );
    expect(problems.filter(({ pointer }) => pointer === "/client_id")).toEqual([
      expect.objectContaining({
        rule: "document/placeholder",
        message: "`YOUR-DOMAIN` looks like a placeholder. Put the real value in. Refused by FastMCP.",
      }),
    ]);
  });

  it("shows an error for a target that refuses it", () => {
    const { problems, verdicts } = checkDocument(SEED, { servers: ["oidc-provider"] });
    expect(problems).toContainEqual(
      expect.objectContaining({
        rule: "redirect-uris/wildcard-port",
        severity: "error",
        pointer: "/redirect_uris/0",
      }),
    );
    expect(verdicts).toMatchObject([{ verdict: "refuses", signIn: [{ outcome: "never" }] }]);
  });

  it("shows what the rules say and no server when there are none", () => {
    const { problems, verdicts } = checkDocument(SEED, { servers: "none" });
    expect(verdicts).toEqual([]);
    expect(problems.every(({ message }) => !message.includes("Refused by"))).toBe(true);
  });

  it("is quiet about a rule that the user switched off, whoever refuses", () => {
    const { problems } = checkDocument(SEED, { rules: { "redirect-uris/wildcard-*": "off" } });
    expect(problems.map(({ rule }) => rule)).not.toContain("redirect-uris/wildcard-port");
  });
});

describe("what targets do", () => {
  it("throws for an id that no server has", () => {
    expect(() => checkDocument(SEED, { servers: ["fastmcp", "nobody"] })).toThrow(UnknownServerError);
  });

  it("means all known servers when the list is empty", () => {
    expect(checkDocument(SEED, { servers: [] })).toEqual(checkDocument(SEED));
  });

  it("adds the servers' names to the specification's problem instead of a second one", () => {
    const text = SEED.replace('"none"', '"client_secret_basic"');
    const found = checkDocument(text).problems.filter(
      ({ pointer }) => pointer === "/token_endpoint_auth_method",
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule: "auth-method/shared-secret", severity: "error" });
    expect(found[0]?.message).toContain("FastMCP");
  });
});

describe("fixes that win servers", async () => {
  const request = { uri: "file:///c.cimd.json", range: WILDCARD };
  const actions = await codeActions(analyse(SEED), {
    ...request,
    clientCommands: new Set([CHOOSE_SERVERS_COMMAND, CHANGE_SETTING]),
  });

  it("never lose one that accepts now", () => {
    const before = SERVERS.map((server) => evaluate(new ClientMetadataDocument(SEED), server).verdict);
    const edits = actions.flatMap(({ edit }) =>
      edit?.changes ? [edit.changes["file:///c.cimd.json"] ?? []] : [],
    );
    expect(edits.length).toBeGreaterThan(0);
    for (const list of edits) {
      const lines = SEED.split("\n");
      for (const { range, newText } of [...list].sort((a, b) => b.range.start.line - a.range.start.line)) {
        const { start, end } = range;
        expect(start.line).toBe(end.line);
        const line = lines[start.line] ?? "";
        lines[start.line] = line.slice(0, start.character) + newText + line.slice(end.character);
      }
      const after = SERVERS.map(
        (server) => evaluate(new ClientMetadataDocument(lines.join("\n")), server).verdict,
      );
      before.forEach((verdict, index) => {
        if (verdict === "accepts") expect(after[index], SERVERS[index]?.id).toBe("accepts");
      });
      expect(after).not.toEqual(before);
    }
  });

  it("say whom they win, the one that wins most first", () => {
    expect(actions[0]?.title).toMatch(
      /^Use http:\/\/localhost\/callback and application_type native: better on \d+ servers/,
    );
  });

  it("offer to name the servers that count, and to switch the rule off", () => {
    expect(
      actions.flatMap(({ command }) => (command ? [[command.command, command.arguments?.[0]]] : [])),
    ).toEqual([
      [CHOOSE_SERVERS_COMMAND, request.uri],
      [CHANGE_SETTING, { setting: "rules", rules: ["redirect-uris/wildcard-port"], severity: "off" }],
    ]);
  });

  it("offer no setting to an editor that cannot change it", async () => {
    const plain = await codeActions(analyse(SEED), request);
    expect(plain.every(({ command }) => command === undefined)).toBe(true);
  });
});
