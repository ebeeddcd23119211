import { SEVERITIES, type Severity } from "../rules/problem.js";

export type RuleSetting = Severity | "off";

/** The values of `cimd.rules` and `--rule`. */
export const RULE_SETTINGS: readonly RuleSetting[] = [...SEVERITIES, "off"];

/** Rule ids or globs (`redirect-uris/*`) with the severity the user wants. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/**
 * Compiles the user's rule settings. An exact id wins over a glob, a longer glob over a shorter one.
 *
 * @param settings keys are rule ids or globs in which `*` stands for any run of characters
 * @returns a function from rule id and default severity to the severity in force
 */
export function compileSeverities<S extends RuleSetting>(
  settings: RuleSettings = {},
): (id: string, fallback: S) => S | RuleSetting {
  const exact = new Map<string, RuleSetting>();
  const globs: { pattern: string; parts: readonly string[]; setting: RuleSetting }[] = [];
  for (const [key, setting] of Object.entries(settings)) {
    if (key.includes("*")) globs.push({ pattern: key, parts: key.split("*"), setting });
    else exact.set(key, setting);
  }
  if (exact.size === 0 && globs.length === 0) return (_id, fallback) => fallback;
  globs.sort((a, b) => b.pattern.length - a.pattern.length);
  return (id, fallback) =>
    exact.get(id) ?? globs.find(({ parts }) => matchesGlob(id, parts))?.setting ?? fallback;
}

/** Whether a key of the settings is a rule's id, or a glob that matches one. */
export function namesRule(key: string, ids: ReadonlySet<string>): boolean {
  if (!key.includes("*")) return ids.has(key);
  const parts = key.split("*");
  return [...ids].some((id) => matchesGlob(id, parts));
}

/** @param parts what stands between the `*`s of a glob; at least two */
function matchesGlob(id: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts[parts.length - 1] ?? "";
  if (!id.startsWith(first) || id.length < first.length + last.length || !id.endsWith(last)) return false;
  const limit = id.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = id.indexOf(part, at);
    if (found < 0 || found + part.length > limit) return false;
    at = found + part.length;
  }
  return true;
}
