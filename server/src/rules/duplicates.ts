import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import { removeItem } from "./edits.js";
import { defineRule, type Rule } from "./rule.js";

export interface DuplicateRule extends Pick<Rule, "id" | "title" | "why" | "sources"> {
  /** An array member whose items form a set. */
  readonly member: string;
  /** Two different values for the examples. */
  readonly example: readonly [string, string];
}

/** Makes a rule that finds the second copy of an item in a list where order and repetition mean nothing. */
export function duplicateRule({ member, example: [one, other], ...meta }: DuplicateRule): Rule {
  return defineRule({
    ...meta,
    severity: "information",
    bad: [`"${member}": ["${one}", "${other}", «"${one}"»]`],
    good: [`"${member}": ["${one}", "${other}"]`],
    ...noRepetitions(
      member,
      (item) =>
        say`\`${item.slice(0, 60)}\` is in the list already, and a second copy changes nothing. Delete it.`,
    ),
  });
}

/** What a rule does that finds and deletes the later copies of an item of a list; empty strings have rules of their own. */
export function noRepetitions(
  member: string,
  messageFor: (item: string) => string,
): Required<Pick<Rule, "check" | "fix">> {
  return {
    check(document, report) {
      const first = new Map<string, { readonly offset: number; readonly end: number }>();
      for (const { index, node } of document.strings(member)) {
        const earlier = first.get(node.value);
        if (!earlier) first.set(node.value, node);
        else if (node.value !== "") {
          report({
            at: node,
            pointer: jsonPointer(member, index),
            message: messageFor(node.value),
            related: [{ offset: earlier.offset, end: earlier.end, message: say`The first one` }],
            tags: ["unnecessary"],
          });
        }
      }
    },
    fix(document, { offset }) {
      const list = document.array(member);
      const item = list?.items.find((node) => node.offset === offset);
      return list && item
        ? [
            {
              title: say`Delete the repetition`,
              edits: [removeItem(document, list.items, item)],
              preferred: true,
              safe: true,
            },
          ]
        : [];
    },
  };
}
