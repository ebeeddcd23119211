import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { renaming, unknownMembers } from "./unknownMembers.js";

export const camelCase = defineRule({
  id: "unknown-field/camel-case",
  severity: "warning",
  title: "Member names are in snake_case",
  why: "SDKs write clientName in code; in the document it is client_name, and no other spelling has an effect.",
  sources: [rfc(7591, "2")],
  bad: [
    '«"logoUri"»: "https://app.acme.dev/logo.png"',
    '«"Software-Version"»: "1.0"',
    '«"applicationType"»: "native"',
  ],
  good: ['"logo_uri": "https://app.acme.dev/logo.png"'],
  check(document, report) {
    for (const { member, base, tag, meant, otherCase } of unknownMembers(document)) {
      if (meant === undefined || !otherCase) continue;
      const { key } = member;
      report({
        at: key,
        pointer: jsonPointer(key.value),
        message: say`\`${base.slice(0, 60)}\` has no effect: metadata names are written in snake_case (RFC 7591 §2). Write \`${meant}\`.`,
        data: meant + tag,
      });
    }
  },
  fix: renaming,
});
