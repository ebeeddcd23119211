import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Analysis, analyse } from "../../server/src/check/analyse.js";
import { fixAllEdits, fixesOf } from "../../server/src/languageFeatures/codeActions.js";
import { applyEdits } from "../../server/src/rules/edits.js";
import { expandExample } from "../../server/src/rules/example.js";
import { RULES } from "../../server/src/rules/rules.js";

/** Members as the rules' own examples have them, mixed, so that problems of many rules stand in one document. */
const FRAGMENTS = RULES.flatMap(({ bad }) => bad)
  .filter((example) => !example.startsWith("="))
  .map((example) => example.replace(/[«»]/g, ""))
  .filter((example) => example.length < 400);

const mixed = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 5 }),
    fc.constantFrom("", "\n  ", " "),
  )
  .map(([fragments, space]) => `{${space}${fragments.join(`,${space}`)}${space}}`);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Names a fix may take away: those it says it deletes or renames. */
function mayGo(title: string, name: string): boolean {
  return /^(?:Delete|Rename|Merge|Keep|Remove|Unwrap|Fix all)/.test(title) || title.includes(name);
}

function errors({ findings }: Analysis): number {
  return findings.filter(({ severity }) => severity === "error").length;
}

function names({ document }: Analysis): string[] {
  return [...new Set(document.object?.members.map(({ key }) => key.value))];
}

describe("fixes, one after the other", () => {
  it("leave valid JSON, no more errors (with as many, no more problems) than before, and every member that they do not name", () => {
    fc.assert(
      fc.property(
        mixed,
        fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 6 }),
        (start, choices) => {
          let text = start;
          let before = analyse(text);
          for (const choice of choices) {
            const fixes = before.findings.flatMap((finding) => fixesOf(before, finding));
            const all = fixAllEdits(before);
            const steps = [...fixes, ...(all.length > 0 ? [{ title: "Fix all", edits: all }] : [])];
            const step = steps[choice % Math.max(1, steps.length)];
            if (!step) return;
            const next = applyEdits(text, step.edits);
            const after = analyse(next);
            if (isJson(text)) expect(isJson(next), `${step.title}\n${text}\n→\n${next}`).toBe(true);
            const told = `${step.title}\n${text}\n→\n${next}`;
            expect(errors(after), told).toBeLessThanOrEqual(errors(before));
            // A text that becomes readable shows what the mistake had hidden; else nothing new may appear.
            if (errors(after) === errors(before)) {
              expect(after.findings.length, told).toBeLessThanOrEqual(before.findings.length);
            }
            const left = names(after);
            for (const name of names(before)) {
              if (!mayGo(step.title, name))
                expect(left, `${step.title}\n${text}\n→\n${next}`).toContain(name);
            }
            text = next;
            before = after;
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it("of fix-all lose no server that accepts", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const all = { servers: { mode: "default", verdicts: "all" } } as const;
        const analysis = analyse(text, all);
        const fixed = analyse(applyEdits(text, fixAllEdits(analysis)), all);
        for (const [index, { server, verdict }] of analysis.verdicts.entries()) {
          if (verdict === "accepts")
            expect(fixed.verdicts[index]?.verdict, `${server}: ${text}`).toBe("accepts");
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a fix of every rule", () => {
  it("can be tried on its own example, twice", () => {
    for (const { bad } of RULES) {
      for (const example of bad) {
        const { text } = expandExample(example);
        const analysis = analyse(text);
        for (const finding of analysis.findings) {
          for (const fix of fixesOf(analysis, finding)) {
            const next = applyEdits(text, fix.edits);
            const again = analyse(next);
            const same = again.findings
              .filter((left) => left.rule === finding.rule && left.pointer === finding.pointer)
              .flatMap((left) => fixesOf(again, left))
              .find(({ title }) => title === fix.title);
            // Deleting one of several moves the next to its place.
            if (!fix.title.startsWith("Delete"))
              expect(same?.title, `${fix.title} on ${next}`).toBeUndefined();
          }
        }
      }
    }
  });
});
