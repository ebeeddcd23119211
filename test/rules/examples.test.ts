import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { locate } from "../../server/src/document/locate.js";
import { fixesOf } from "../../server/src/languageFeatures/codeActions.js";
import { applyEdits } from "../../server/src/rules/edits.js";
import { expandExample } from "../../server/src/rules/example.js";
import type { Severity } from "../../server/src/rules/problem.js";
import { RULES } from "../../server/src/rules/rules.js";
import { SERVERS } from "../../server/src/servers/servers.js";

/** Examples of `client-id/url-mismatch` are served from here; no other rule looks at it. */
const SERVED_FROM = "https://app.acme.dev/oauth/client";

/** Rules that are off by default are switched on for their own examples. */
function settingsFor(id: string, severity: Severity | "off"): Record<string, Severity> {
  return severity === "off" ? { [id]: "warning" } : {};
}

function check(id: string, severity: Severity | "off", text: string) {
  return analyse(text, {
    servers: { mode: "none" },
    rules: settingsFor(id, severity),
    ...(id === "client-id/url-mismatch" ? { url: SERVED_FROM } : {}),
  });
}

const OWN = RULES.filter(({ check }) => check);
/** What is said where verdicts are put together has a test of its own (`check/causes.test.ts`). */
const SERVERS_ONLY = RULES.filter(({ id, check }) => !check && id !== "document/refused-by-all");

/** Whoever aims at every server is told what any of them minds. */
const EVERY_SERVER = { servers: { mode: "targets", targets: SERVERS } } as const;

describe.each(SERVERS_ONLY.map((rule) => [rule.id, rule] as const))(
  "%s, which servers report",
  (_id, rule) => {
    it.each(rule.bad)("stands at the marked place in %s", (example) => {
      const { text, marks } = expandExample(example);
      const { document, findings, verdicts } = analyse(text, EVERY_SERVER);
      const own = findings.filter((finding) => finding.rule === rule.id);
      // Where a rule speaks of the same in other words, the servers' names stand there.
      const alike = findings.filter((finding) => rule.sameAs?.includes(finding.rule));
      const found = rule.viewOnly
        ? verdicts
            .flatMap(({ reasons }) => reasons)
            .filter((reason) => reason.rule === rule.id)
            .slice(0, 1)
            .map(({ pointer = "" }) => locate(document, pointer))
        : own.length > 0
          ? own
          : alike;
      expect(found.map(({ offset, end }) => ({ offset, end }))).toEqual(marks);
    });

    it.each(rule.good)("is silent about %s", (example) => {
      const { text } = expandExample(example);
      expect(analyse(text, EVERY_SERVER).findings.filter((finding) => finding.rule === rule.id)).toEqual([]);
    });

    it("has the sentence that goes before the servers' names", () => {
      expect(rule.portability?.message).toMatch(/[.]$/);
    });
  },
);

describe.each(OWN.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
  it.each(rule.bad)("finds exactly the marked place in %s", (example) => {
    const { text, marks } = expandExample(example);
    const { findings } = check(rule.id, rule.severity, text);
    expect(
      findings.map(({ rule: id, offset, end }) => ({ id, at: text.slice(offset, end), offset, end })),
    ).toEqual(marks.map(({ offset, end }) => ({ id: rule.id, at: text.slice(offset, end), offset, end })));
  });

  it.each(rule.good)("finds nothing in %s", (example) => {
    const { text } = expandExample(example);
    expect(check(rule.id, rule.severity, text).findings).toEqual([]);
  });

  // Rules whose cure only the author knows have no fixes.
  const fixable = rule.bad.flatMap((example) => {
    const { text } = expandExample(example);
    const analysis = check(rule.id, rule.severity, text);
    const fixes = analysis.findings.flatMap((finding) => fixesOf(analysis, finding));
    return fixes.length > 0 ? [{ example, text, analysis, fixes }] : [];
  });
  it.each(fixable)("has fixes that correct $example for good", ({ text, analysis, fixes }) => {
    const left = ({ findings }: typeof analysis): number =>
      findings.filter((found) => found.rule === rule.id).length;
    for (const fix of fixes) {
      const corrected = applyEdits(text, fix.edits);
      expect(corrected, fix.title).not.toBe(text);
      const after = check(rule.id, rule.severity, corrected);
      expect(left(after), fix.title).toBeLessThan(left(analysis));
      const again = after.findings
        .flatMap((found) => fixesOf(after, found))
        .find(({ title }) => title === fix.title);
      expect(again && applyEdits(corrected, again.edits)).toBeUndefined();
    }
  });

  it("speaks in messages of at most 200 characters", () => {
    for (const example of rule.bad) {
      for (const { message } of check(rule.id, rule.severity, expandExample(example).text).findings) {
        expect(message.length, message).toBeLessThanOrEqual(200);
        expect(message).toMatch(/[.?]$/);
      }
    }
  });
});

describe("the catalogue", () => {
  it("has every id once, in kebab-case with a field in front", () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("links every rule to a source over https", () => {
    for (const { sources } of RULES) for (const { url } of sources) expect(url).toMatch(/^https:\/\//);
  });
});
