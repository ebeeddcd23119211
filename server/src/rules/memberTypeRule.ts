import type { Source } from "../specifications/sources.js";
import { defineRule, type Rule } from "./rule.js";

interface TypeRule {
  readonly id: string;
  readonly member: string;
  readonly noun: string;
  readonly wrong: string;
  readonly right: string;
  readonly source: Source;
}

/** Makes the rule of what servers report of one member's type; `document/wrong-type` says it for all of them. */
export function memberTypeRule({ id, member, noun, wrong, right, source }: TypeRule): Rule {
  return defineRule({
    id,
    severity: "information",
    title: `${member} is ${noun}`,
    why: "A value of another type is refused by most servers and silently ignored by the rest.",
    sources: [source],
    sameAs: ["document/wrong-type", "document/null-value"],
    portability: { message: `\`${member}\` must be ${noun}.` },
    bad: [`"${member}": «${wrong}»`],
    good: [`"${member}": ${right}`],
  });
}
