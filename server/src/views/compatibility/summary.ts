import { say } from "../../localisation/say.js";
import type { Verdict } from "../../servers/profile.js";

/** What a server comes to for the people who use the client, in one word. */
export type Sum = "works" | "limited" | "refuses" | "unknown";

/**
 * The sum of a verdict: `works` where the document loads and every redirect entry signs people in, `limited` where only some
 * do or only some requests match, `refuses` where nobody can sign in.
 */
export function sumOf({ verdict, signIn }: Pick<Verdict, "verdict" | "signIn">): Sum {
  if (verdict !== "accepts") return verdict;
  const outcomes = new Set(signIn.map(({ outcome }) => outcome));
  if (outcomes.has("unknown")) return "unknown";
  if (!outcomes.has("works") && !outcomes.has("limited")) return "refuses";
  return outcomes.has("limited") || outcomes.has("never") ? "limited" : "works";
}

/** `9 of 14 work · 2 limited · 1 refuses · 2 unknown`; empty without verdicts. */
export function summary(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "";
  const count: Record<Sum, number> = { works: 0, limited: 0, refuses: 0, unknown: 0 };
  for (const verdict of verdicts) count[sumOf(verdict)]++;
  const parts = [
    count.works === 1 ? say`1 of ${verdicts.length} works` : say`${count.works} of ${verdicts.length} work`,
  ];
  if (count.limited > 0) parts.push(say`${count.limited} limited`);
  if (count.refuses === 1) parts.push(say`1 refuses`);
  else if (count.refuses > 1) parts.push(say`${count.refuses} refuse`);
  if (count.unknown > 0) parts.push(say`${count.unknown} unknown`);
  return parts.join(" · ");
}
