import { say } from "../../localisation/say.js";
import type { Verdict } from "../../servers/profile.js";
import { endsTokenRequests } from "./evaluated.js";

/** What a server comes to for the people who use the client, in one word. */
export const SUMS = ["works", "limited", "refuses", "unknown"] as const;
export type Sum = (typeof SUMS)[number];

/**
 * The sum of a verdict: `works` where the document loads and every redirect entry signs people in, `limited` where only some
 * do or only some requests match, `refuses` where nobody can sign in.
 */
export function sumOf({ verdict, reasons, signIn }: Verdict): Sum {
  if (verdict !== "accepts") return verdict;
  if (reasons.some(endsTokenRequests)) return "refuses";
  const outcomes = new Set(signIn.map(({ outcome }) => outcome));
  if (outcomes.has("unknown")) return "unknown";
  if (!outcomes.has("works") && !outcomes.has("limited")) return "refuses";
  return outcomes.has("limited") || outcomes.has("never") ? "limited" : "works";
}

/** `9 of 14 work · 2 limited · 1 refuses · 2 unknown`; empty without verdicts. */
export function summary(verdicts: readonly Verdict[]): string {
  return summaryOf(verdicts.map(sumOf));
}

/** {@link summary} of what the servers come to. */
export function summaryOf(sums: readonly Sum[]): string {
  if (sums.length === 0) return "";
  const count: Record<Sum, number> = { works: 0, limited: 0, refuses: 0, unknown: 0 };
  for (const sum of sums) count[sum]++;
  const parts = [
    count.works === 1 ? say`1 of ${sums.length} works` : say`${count.works} of ${sums.length} work`,
  ];
  if (count.limited > 0) parts.push(say`${count.limited} limited`);
  if (count.refuses === 1) parts.push(say`1 refuses`);
  else if (count.refuses > 1) parts.push(say`${count.refuses} refuse`);
  if (count.unknown > 0) parts.push(say`${count.unknown} unknown`);
  return parts.join(" · ");
}
