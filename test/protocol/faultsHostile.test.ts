import { afterEach, describe, expect, it } from "vitest";
import { FromPage, PreviewState } from "../../client/src/preview/messages.js";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { matchRedirectUri } from "../../server/src/api/matchRedirectUri.js";
import { analyse } from "../../server/src/check/analyse.js";
import { hostedUrl } from "../../server/src/check/hosting.js";
import { compileSeverities } from "../../server/src/check/severities.js";
import { readRules } from "../../server/src/cli/options.js";
import { HostingConfigurationError, pathsToConfigure } from "../../server/src/create/hostingConfiguration.js";
import { fixAllEdits, fixesOf } from "../../server/src/languageFeatures/codeActions.js";
import { hover } from "../../server/src/languageFeatures/hover.js";
import { keyFacts } from "../../server/src/languageFeatures/keyFacts.js";
import { SettingChange } from "../../server/src/languageFeatures/settingChange.js";
import { sortMembers } from "../../server/src/languageFeatures/sortMembers.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { WorkspaceFolders } from "../../server/src/lsp/workspaceFolders.js";
import { applyEdits } from "../../server/src/rules/edits.js";
import { keysOf } from "../../server/src/rules/jwks/keySet.js";
import { RULES } from "../../server/src/rules/rules.js";
import { nameOfTarget } from "../../server/src/servers/groups.js";
import { keys } from "../fuzz/targets/keys.js";
import { TARGETS } from "../fuzz/targets/targets.js";

/** Names that every ordinary object has already, or that change what it is. */
const INHERITED = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "toJSON",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "__defineGetter__",
  "then",
  "length",
];

const PAYLOADS = ['{"polluted": true}', '"polluted"', "null"];

const BEFORE = Object.getOwnPropertyNames(Object.prototype);

/** Nothing that was read has changed what all objects have. */
function nothingPolluted(): void {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(BEFORE);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect(Reflect.get([], "polluted")).toBeUndefined();
  expect(Reflect.get(() => undefined, "polluted")).toBeUndefined();
}

const MEMBERS = `"client_id": "https://app.acme.dev/c", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/cb"]`;
const EC = `"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"`;

/** Documents with a member of a name at every place where a document has members, and the name as a value. */
function documentsWith(name: string, payload: string): string[] {
  const member = `"${name}": ${payload}`;
  return [
    `{ ${member}, ${MEMBERS} }`,
    `{ ${MEMBERS}, ${member}, ${member} }`,
    `{ ${MEMBERS}, "${name}#de": ${payload}, "client_name#${name}": "Acme" }`,
    `{ ${MEMBERS}, "jwks": { ${member}, "keys": [{ ${member}, ${EC} }] } }`,
    `{ ${MEMBERS}, "jwks": { "keys": [{ "kty": "${name}", "crv": "${name}", "alg": "${name}", "use": "${name}" }] } }`,
    `{ ${MEMBERS}, "token_endpoint_auth_method": "${name}", "application_type": "${name}", "grant_types": ["${name}"], "response_types": ["${name}"], "scope": "${name}", "token_endpoint_auth_signing_alg": "${name}" }`,
    `{ "client_id": "${name}", "redirect_uris": ["${name}", "${name}:/callback", "${name}://x", "https://${name}/"], "logo_uri": "${name}:x" }`,
    `{ ${MEMBERS}, "contacts": { ${member} }, "software_id": { ${member} } }`,
    `{ ${member} }`,
    `"${name}"`,
  ];
}

describe("names that all objects have", () => {
  afterEach(nothingPolluted);

  it.each(INHERITED)("%s is a name like any other, in a document", async (name) => {
    for (const payload of PAYLOADS) {
      for (const text of documentsWith(name, payload)) {
        const failed: string[] = [];
        const analysis = analyse(text, {
          onRuleFailure: ({ rule, error }) => failed.push(`${rule} ${error}`),
        });
        expect(failed, text).toEqual([]);
        for (const finding of analysis.findings) {
          for (const { edits } of fixesOf(analysis, finding)) JSON.parse(applyEdits(text, edits));
        }
        JSON.parse(applyEdits(text, fixAllEdits(analysis)));
        matchRedirectUri(text, "https://app.acme.dev/cb");
        sortMembers(text);
        await hover(analysis, analysis.document.lines.positionAt(4));
      }
    }
  });

  it.each(INHERITED)("%s makes no server accept or refuse a document as a member", (name) => {
    const verdicts = (text: string): string[] =>
      checkDocument(text).verdicts.map(({ server, verdict }) => `${server} ${verdict}`);
    expect(verdicts(`{ ${MEMBERS}, "${name}": "x" }`)).toEqual(verdicts(`{ ${MEMBERS}, "x_unknown": "x" }`));
  });

  it.each(INHERITED)("%s is no rule, no server and no severity in settings", (name) => {
    const section = JSON.parse(
      `{ "servers": ["${name}"], "rules": { "${name}": "off", "client-id/https": "${name}" }, "hosting": { "${name}": "https://app.acme.dev/" }, "${name}": { "polluted": true }, "hosted": { "${name}": 1 } }`,
    );
    const settings = readSettings(section);
    expect(settings.targets).toEqual([]);
    expect(settings.complaints.length).toBeGreaterThan(0);
    const severityOf = compileSeverities(settings.rules);
    for (const { id, severity } of RULES) expect(severityOf(id, severity)).toBe(severity);
    expect(hostedUrl(settings.hosting, name)).toBe(`https://app.acme.dev/${name}`);
    expect(hostedUrl(settings.hosting, "valueOf.json")).toBeUndefined();
    expect(Object.getPrototypeOf(settings.rules)).toBe(null);
  });

  it.each(INHERITED)("%s on the command line changes no rule", (name) => {
    const rules = readRules([`${name}=off`]);
    const severityOf = compileSeverities(rules);
    for (const { id, severity } of RULES) expect(severityOf(id, severity)).toBe(severity);
  });

  it.each(INHERITED)("%s in a message of a webview or the argument of a command is nothing", (name) => {
    for (const payload of PAYLOADS) {
      const member = `"${name}": ${payload}`;
      expect(FromPage.safeParse(JSON.parse(`{ "type": "${name}" }`)).success).toBe(false);
      const ready = FromPage.safeParse(JSON.parse(`{ "type": "ready", ${member} }`));
      expect(ready.data).toEqual({ type: "ready" });
      const state = `{ "uri": "file:///x", "choices": { "server": "fastmcp", ${member} }, "locked": false, ${member} }`;
      expect(PreviewState.safeParse(JSON.parse(state)).data).toEqual({
        uri: "file:///x",
        choices: { server: "fastmcp" },
        locked: false,
      });
      expect(SettingChange.safeParse(JSON.parse(`{ "setting": "${name}", ${member} }`)).success).toBe(false);
      const change = SettingChange.parse(
        JSON.parse(`{ "setting": "rules", "rules": ["${name}"], "severity": "off", ${member} }`),
      );
      // As `client/src/settings/changeSetting.ts` puts it into the settings.
      if (change.setting !== "rules") throw new Error("a change of a rule");
      const updated = { "client-id/https": "off", [change.rules[0] as string]: change.severity };
      expect(Object.getPrototypeOf(updated)).toBe(Object.prototype);
      expect(Object.hasOwn(updated, name)).toBe(true);
    }
  });

  it("are no trouble for any fuzz target", async () => {
    for (const target of TARGETS) {
      if (target === keys) continue;
      for (const name of INHERITED) {
        for (const text of [...documentsWith(name, '{"polluted": true}').slice(0, 4), name])
          await expect((async () => target.run(text))(), `${target.name}: ${text}`).resolves.toBeUndefined();
      }
    }
    for (const name of INHERITED) await keys.run(`{ "${name}": { "polluted": true }, "kty": "${name}" }`);
  }, 60_000);
});

describe("hostile keys", () => {
  const withKeys = (text: string): string =>
    `{ ${MEMBERS}, "token_endpoint_auth_method": "private_key_jwt", "jwks": ${text} }`;
  const key = (members: object): string => withKeys(JSON.stringify({ keys: [members] }));
  const VALUES = [
    null,
    true,
    0,
    -1,
    1e308,
    "",
    " ",
    "\u0000",
    "=",
    "AQAB",
    [],
    {},
    [[]],
    [null],
    { keys: [] },
  ];
  const NAMES = [
    "kty",
    "crv",
    "alg",
    "use",
    "key_ops",
    "kid",
    "n",
    "e",
    "x",
    "y",
    "d",
    "p",
    "k",
    "x5c",
    "x5t",
    "x5u",
    "oth",
  ];

  async function judged(text: string): Promise<number> {
    const failed: string[] = [];
    const analysis = analyse(text, { onRuleFailure: ({ rule, error }) => failed.push(`${rule} ${error}`) });
    expect(failed).toEqual([]);
    for (const key of keysOf(analysis.document).slice(0, 3)) await keyFacts(key);
    return analysis.findings.length;
  }

  it.each(["RSA", "EC", "OKP", "oct", "AKP", "none"])(
    "of kty %s may have members of any type",
    async (kty) => {
      for (const name of NAMES) {
        for (const value of VALUES)
          await judged(key({ kty, crv: "P-256", n: "AQAB", e: "AQAB", [name]: value }));
      }
    },
  );

  it.each([
    ["modulus", { kty: "RSA", n: "A".repeat(2_000_000), e: "AQAB" }],
    ["exponent", { kty: "RSA", n: "AQAB", e: "_".repeat(2_000_000) }],
    ["coordinate", { kty: "EC", crv: "P-256", x: "f".repeat(2_000_000), y: "A" }],
    ["key id", { kty: "EC", crv: "P-256", kid: "k".repeat(2_000_000) }],
    [
      "certificate chain",
      { kty: "RSA", n: "AQAB", e: "AQAB", x5c: Array.from({ length: 50_000 }, () => "MII=") },
    ],
    [
      "list of operations",
      { kty: "RSA", n: "AQAB", e: "AQAB", key_ops: Array.from({ length: 50_000 }, () => "sign") },
    ],
  ])("may have a huge %s", async (_what, members) => {
    expect(await judged(key(members))).toBeLessThanOrEqual(500);
  });

  it("may be thousands, with one id or with many", async () => {
    const many = (kid: (index: number) => string): string =>
      withKeys(
        JSON.stringify({
          keys: Array.from({ length: 5_000 }, (_, index) => ({ kty: "EC", kid: kid(index), d: "AA" })),
        }),
      );
    expect(await judged(many(() => "same"))).toBeLessThanOrEqual(500);
    expect(await judged(many(String))).toBeLessThanOrEqual(500);
  });

  it.each([
    '"keys"',
    "[]",
    "null",
    '{"keys": {}}',
    '{"keys": [[]]}',
    '{"keys": ["k", 1, null]}',
    '{"keys": [{"keys": [{}]}]}',
  ])("may be %s and no key set", async (text) => {
    await judged(withKeys(text));
  });
});

describe("hostile settings of a workspace", () => {
  const TYPES = [null, true, 0, -1, "x", "", [], {}, [[]], [{}], { a: { b: 1 } }, [1, "fastmcp"], "\u0000"];
  const SECTIONS = ["servers", "rules", "hosting", "hosted", "codeLens", "inlayHints"];

  it.each(SECTIONS)("of the wrong type for %s are left out, and the others count", (name) => {
    for (const value of TYPES) {
      const other = name === "rules" ? { servers: ["fastmcp"] } : { rules: { "client-id/https": "off" } };
      const settings = readSettings({ ...other, [name]: value });
      if (name === "rules") expect(settings.targets.map(nameOfTarget)).toEqual(["fastmcp"]);
      else expect(settings.rules["client-id/https"]).toBe("off");
    }
  });

  it.each([undefined, null, 1, "x", [], [1], true])("%j for all of them gives the defaults", (section) => {
    expect(readSettings(section)).toMatchObject({
      targets: [],
      hosted: { timeoutSeconds: 10, allowPrivateNetwork: false },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e308, "60", null])(
    "a timeout of %s is held in its bounds",
    (timeout) => {
      const { timeoutSeconds } = readSettings({ hosted: { timeout } }).hosted;
      expect(timeoutSeconds).toBeGreaterThanOrEqual(1);
      expect(timeoutSeconds).toBeLessThanOrEqual(60);
    },
  );

  it("may be huge", () => {
    const rules = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`*${"a*".repeat(20)}${index}`, "off"]),
    );
    const hosting = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `**/${"*a".repeat(20)}${index}/**`,
        "https://app.acme.dev/",
      ]),
    );
    const settings = readSettings({
      rules,
      hosting,
      servers: Array.from({ length: 5_000 }, () => "fastmcp"),
    });
    expect(hostedUrl(settings.hosting, "a/b/c/d.json")).toBeUndefined();
    const { findings } = analyse(`{ ${MEMBERS} }`, { rules: settings.rules });
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe("paths that lead elsewhere", () => {
  const folders = new WorkspaceFolders([{ uri: "file:///work/app", name: "app" }]);

  it.each([
    "file:///work/app/../secret.json",
    "file:///work/app/%2e%2e/secret.json",
    "file:///work/app/a/%2E%2E/%2e%2e/secret.json",
    "file:///work/app/..%2fsecret.json",
    "file:///work/app/./x.json",
  ])("%s has no address on the web", (uri) => {
    const path = folders.relativePath(uri);
    expect(
      path === undefined ? undefined : hostedUrl({ "**": "https://app.acme.dev/" }, path),
    ).toBeUndefined();
  });

  it.each([
    ["a b.json", "https://app.acme.dev/a%20b.json"],
    ["%2e%2e.json", "https://app.acme.dev/%252e%252e.json"],
    ["a\\b.json", "https://app.acme.dev/a%5Cb.json"],
    ["a?b#c.json", "https://app.acme.dev/a%3Fb%23c.json"],
    ["..json", "https://app.acme.dev/..json"],
  ])("a file named %s stays below its base", (path, url) => {
    expect(hostedUrl({ "**": "https://app.acme.dev/" }, path)).toBe(url);
  });

  it.each([
    "https://app.acme.dev/../../etc/passwd",
    "https://app.acme.dev/a/%2e%2e/b.json",
    "https://app.acme.dev/..%2f..%2fb.json",
    "https://app.acme.dev/$(id).json",
    "https://app.acme.dev/`id`;x.json",
    "https://app.acme.dev/a\n  Set-Cookie: b.json",
    "https://app.acme.dev/*",
    "https://app.acme.dev/a b.json",
    "https://app.acme.dev/{a}.json",
    "https://app.acme.dev/",
    "urn:x",
    "",
  ])("the host's files are configured for plain paths only, not for %j as it stands", (clientId) => {
    try {
      for (const path of pathsToConfigure(clientId, "")) {
        expect(path).toMatch(/^\/[\w./~-]*[\w~-]$/);
        expect(path.split("/")).not.toContain("..");
      }
    } catch (error) {
      expect(error).toBeInstanceOf(HostingConfigurationError);
    }
  });
});
