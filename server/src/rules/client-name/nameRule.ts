import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { memoize } from "../../document/memoize.js";
import { rangeInString } from "../../document/rangeInString.js";
import type { Member, StringNode } from "../../document/syntaxTree.js";
import { replaceString } from "../edits.js";
import { namedMembers } from "../namedMembers.js";
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
  /** Set where the rule has nothing to say about printable ASCII. */
  readonly beyondAscii?: true;
  /** The corrected name and the title of the fix; absent where only the author can know it. */
  readonly fix?: { readonly title: () => string; readonly name: (name: string) => string };
}

/** Makes a rule of a test of the client's name, in whatever language it is written down (RFC 7591 §2.2). */
export function nameRule({ test, fix, beyondAscii, ...meta }: NameRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      const names = namesOf(document);
      for (const { key, value } of beyondAscii ? names.beyondAscii : names.all) {
        const found = test(value.value, document);
        if (!found) continue;
        const { start = 0, end = value.value.length, message } = found;
        const whole = start === 0 && end === value.value.length;
        report({
          at: whole ? value : rangeInString(value, start, end),
          pointer: jsonPointer(key.value),
          message,
        });
      }
    },
    ...(fix
      ? {
          fix(document, { offset }) {
            const member = document.object?.members.find(
              ({ value }) => value && value.offset <= offset && offset < value.end,
            );
            return member?.value?.type === "string"
              ? [
                  {
                    title: fix.title(),
                    edits: [replaceString(member.value, fix.name(member.value.value))],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}

/** One name of the client. */
interface Name {
  readonly key: StringNode;
  readonly value: StringNode;
}

function isName(member: Member): member is Member & Name {
  return member.value?.type === "string";
}

interface Names {
  readonly all: readonly Name[];
  /** Those with a control character or one that is not ASCII. */
  readonly beyondAscii: readonly Name[];
}

const BEYOND_ASCII = /[^ -~]/;

/** `client_name` and its translations, as far as they are strings. */
const namesOf = memoize((document: ClientMetadataDocument): Names => {
  const all: Name[] = [];
  for (const { member, base } of namedMembers(document)) {
    if (base === "client_name" && isName(member)) all.push(member);
  }
  return { all, beyondAscii: all.filter(({ value }) => BEYOND_ASCII.test(value.value)) };
});
