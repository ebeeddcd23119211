import { say } from "../../localisation/say.js";
import type { Source } from "../../specifications/sources.js";
import { closest } from "../closest.js";
import { replaceString } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";

interface ValueRule extends Pick<Rule, "id" | "title" | "why" | "portability"> {
  readonly member: string;
  readonly values: readonly string[];
  readonly source: Source;
}

/** Makes a rule of a member whose values are fixed. */
export function valueRule({ member, values, source, ...meta }: ValueRule): Rule {
  return defineRule({
    ...meta,
    severity: "error",
    coveredByJsonService: true,
    sources: [source],
    bad: [`"${member}": «"${values[0]?.toUpperCase()}"»`, `"${member}": «"magic"»`],
    good: [`"${member}": "${values[0]}"`],
    check(document, report) {
      const node = document.string(member);
      if (!node || node.value === "" || node.value.trim() !== node.value || values.includes(node.value))
        return;
      report({
        at: node,
        pointer: `/${member}`,
        message: say`\`${member}\` must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)} (${source.label}), and this is neither. Choose one.`,
      });
    },
    fix(document) {
      const node = document.string(member);
      const lower = node?.value.toLowerCase() ?? "";
      const guess = values.includes(lower) ? lower : closest(lower, values, 2);
      return node && guess
        ? [{ title: say`Use ${guess}`, edits: [replaceString(node, guess)], preferred: true }]
        : [];
    },
  });
}
