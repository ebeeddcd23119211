import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { compileSeverities } from "../../server/src/check/severities.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { MAX_PER_DOCUMENT, MAX_PER_RULE } from "../../server/src/rules/limits.js";

describe("severities", () => {
  it("take the exact id before a glob, and the longer glob before the shorter", () => {
    const severityOf = compileSeverities({
      "*": "hint",
      "redirect-uris/*": "information",
      "redirect-uris/wildcard-*": "off",
      "redirect-uris/wildcard-port": "error",
    });
    expect(severityOf("client-id/https", "error")).toBe("hint");
    expect(severityOf("redirect-uris/fragment", "error")).toBe("information");
    expect(severityOf("redirect-uris/wildcard-host", "error")).toBe("off");
    expect(severityOf("redirect-uris/wildcard-port", "hint")).toBe("error");
  });

  it("leave a rule that nobody names at its own severity", () => {
    expect(compileSeverities({ "client-id/x": "off" })("client-id/https", "error")).toBe("error");
    expect(compileSeverities()("client-id/https", "warning")).toBe("warning");
  });

  it("match globs with stars inside, without backtracking", () => {
    const many = `${"*a".repeat(50)}*`;
    expect(compileSeverities({ [many]: "off" })("a".repeat(49), "error")).toBe("error");
    expect(compileSeverities({ [many]: "off" })("a".repeat(50), "error")).toBe("off");
    expect(compileSeverities({ "a*b*c": "off" })("abc", "error")).toBe("off");
    expect(compileSeverities({ "a*b*c": "off" })("acb", "error")).toBe("error");
    expect(compileSeverities({ "ab*ba": "off" })("aba", "error")).toBe("error");
  });
});

describe("the list of problems", () => {
  it("stops a rule after twenty and says how many more there are", () => {
    const uris = Array.from({ length: 1000 }, (_, i) => `"http://h${i}.acme.dev/cb"`);
    const { problems } = checkDocument(
      `{"client_id": "https://app.acme.dev/c", "client_name": "A", "redirect_uris": [${uris.join(",")}]}`,
      { servers: "none" },
    );
    const found = problems.filter(({ rule }) => rule === "redirect-uris/http-non-loopback");
    expect(found).toHaveLength(MAX_PER_RULE + 1);
    expect(found.at(-1)?.message).toContain("980 more");
  });

  it("counts together what a rule and servers see, and names the servers at the first place only", () => {
    const uris = Array.from({ length: 1000 }, (_, i) => `"http://h${i}.acme.dev/cb"`);
    const { problems } = checkDocument(
      `{"client_id": "https://app.acme.dev/c", "client_name": "A", "redirect_uris": [${uris.join(",")}]}`,
    );
    const found = problems.filter((problem) => problem.rule === "redirect-uris/http-non-loopback");
    expect(found).toHaveLength(MAX_PER_RULE + 1);
    expect(found.map(({ message }) => message.includes("Refused by")).lastIndexOf(true)).toBe(0);
    expect(found.at(-1)).toMatchObject({
      message: "… and 980 more of redirect-uris/http-non-loopback.",
      pointer: "/redirect_uris/999",
    });
  });

  it("has what only servers see once for the whole document", () => {
    const uris = Array.from({ length: 1000 }, (_, i) => `"https://h${i}.acme.dev/cb"`);
    const { problems } = checkDocument(
      `{"client_id": "https://app.acme.dev/c", "client_name": "A", "redirect_uris": [${uris.join(",")}]}`,
      { servers: ["backstage"] },
    );
    const found = problems.filter((problem) => problem.rule === "redirect-uris/operator-allowlist");
    expect(found).toMatchObject([{ severity: "error", pointer: "/redirect_uris/0" }]);
  });

  it("never holds more than five hundred", () => {
    const members = Array.from({ length: 30 }, (_, i) => `"redirect_urls": "x${i}", "client_secret": ${i}`);
    const all = checkDocument(`{${members.join(",")}}`);
    expect(all.problems.length).toBeLessThanOrEqual(MAX_PER_DOCUMENT);
  });
});

describe("settings", () => {
  it("keep what is right when something else is wrong", () => {
    const { targets, rules, complaints } = readSettings({
      servers: "fastmcp",
      rules: { "client-id/https": "warning" },
      unknown: 1,
    });
    expect(targets).toEqual([]);
    expect(rules).toEqual({ "client-id/https": "warning" });
    expect(complaints).toEqual([expect.stringContaining("cimd.servers")]);
  });

  it("hold the timeout between 1 and 60 seconds", () => {
    expect(readSettings({ hosted: { timeout: 0 } }).hosted.timeoutSeconds).toBe(1);
    expect(readSettings({ hosted: { timeout: 3600 } }).hosted.timeoutSeconds).toBe(60);
    expect(readSettings({}).hosted).toEqual({ timeoutSeconds: 10, allowPrivateNetwork: false });
  });

  it("are never taken from a prototype", () => {
    const { rules } = readSettings({ rules: JSON.parse('{"__proto__": "off", "constructor": "off"}') });
    expect(Object.getPrototypeOf(rules)).toBeNull();
  });

  it.each([undefined, null, 1, "x", [], { rules: null, servers: null, hosted: null }])(
    "survive %j",
    (section) => {
      expect(readSettings(section).targets).toEqual([]);
    },
  );
});
