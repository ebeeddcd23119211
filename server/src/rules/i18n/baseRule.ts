import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { addMember } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";
import { type TaggedMember, taggedMembers } from "./tagged.js";

/** The member with a language tag that a problem is about. */
export function at(document: ClientMetadataDocument, offset: number): TaggedMember | undefined {
  return taggedMembers(document).find(({ member }) => member.key.offset === offset);
}

interface BaseRule extends Pick<Rule, "id" | "title" | "why" | "bad" | "good"> {
  readonly applies: (field: string) => boolean;
}

/** Makes a rule that a translated field needs a text without a tag, which servers fall back to. */
export function baseRule({ applies, ...meta }: BaseRule): Rule {
  return defineRule({
    ...meta,
    severity: "warning",
    sources: [rfc(7591, "2.2")],
    check(document, report) {
      const looked = new Set<string>();
      for (const { member, field } of taggedMembers(document)) {
        const { name } = field;
        if (looked.has(name)) continue;
        looked.add(name);
        if (!field.i18n || !applies(name) || document.has(name)) continue;
        report({
          at: member.key,
          pointer: jsonPointer(member.key.value),
          message: say`\`${name}\` is there in some languages only, and servers that do not translate show nothing (RFC 7591 §2.2). Add \`${name}\` without a tag.`,
        });
      }
    },
    fix(document, { offset }) {
      const found = at(document, offset);
      if (found?.member.value?.type !== "string") return [];
      const edit = addMember(document, found.field.name, found.member.value.value);
      return edit ? [{ title: say`Add ${found.field.name}`, edits: [edit], preferred: true }] : [];
    },
  });
}
