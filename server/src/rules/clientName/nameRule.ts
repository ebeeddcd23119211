import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { stretchOf } from "../../document/stretch.js";
import { replaceString } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";

/** A finding as offsets into the name; without them the whole name is meant. */
export interface NameFinding {
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
}

export interface NameRule
  extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "bad" | "good"> {
  readonly test: (name: string, document: ClientMetadataDocument) => NameFinding | undefined;
  /** The mended name and the title of the fix; absent where only the author can know it. */
  readonly mend?: { readonly title: () => string; readonly name: (name: string) => string };
}

/** Makes a rule of a test of the client's name, in whatever language it is written down (RFC 7591 §2.2). */
export function nameRule({ test, mend, ...meta }: NameRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      for (const { key, value } of document.object?.members ?? []) {
        if (value?.type !== "string" || !isName(key.value)) continue;
        const found = test(value.value, document);
        if (!found) continue;
        const { start = 0, end = value.value.length, message } = found;
        const whole = start === 0 && end === value.value.length;
        report({
          at: whole ? value : stretchOf(value, start, end),
          pointer: jsonPointer(key.value),
          message,
        });
      }
    },
    ...(mend
      ? {
          fix(document, { offset }) {
            const member = document.object?.members.find(
              ({ value }) => value && value.offset <= offset && offset < value.end,
            );
            return member?.value?.type === "string"
              ? [
                  {
                    title: mend.title(),
                    edits: [replaceString(member.value, mend.name(member.value.value))],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}

function isName(name: string): boolean {
  return name === "client_name" || name.startsWith("client_name#");
}
