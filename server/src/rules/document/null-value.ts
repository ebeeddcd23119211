import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { deleteMember, memberValuedAt } from "../deleteMember.js";
import { defineRule } from "../rule.js";
import { OWN_RULE } from "./wrong-type.js";

export const nullValue = defineRule({
  id: "document/null-value",
  severity: "warning",
  title: "Members are left out rather than null",
  why: "null has no meaning in client metadata; some servers read it as absent, others refuse the document for it.",
  sources: [rfc(7591, "2")],
  bad: ['"client_uri": «null»', '"token_endpoint_auth_method": «null»'],
  good: ['"client_uri": "https://app.acme.dev"'],
  check(document, report) {
    for (const { key, value } of document.object?.members ?? []) {
      if (value?.type !== "null" || OWN_RULE.has(key.value)) continue;
      report({
        at: value,
        pointer: jsonPointer(key.value),
        message: say`\`${key.value}\` is null, which some servers refuse. Delete the member or give it a value.`,
      });
    }
  },
  fix(document, finding) {
    const member = memberValuedAt(document, finding);
    if (!member) return [];
    const title = say`Delete ${JSON.stringify(member.key.value)}`;
    return deleteMember(document, member, { title, preferred: true, safe: true });
  },
});
