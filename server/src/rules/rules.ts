import type { Rule } from "./rule.js";

/** The catalogue, in the order of the documentation. */
export const RULES: readonly Rule[] = [];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** @returns the rule with this id, or undefined */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
