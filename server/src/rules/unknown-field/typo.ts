import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { renaming, unknownMembers } from "./unknownMembers.js";

export const typo = defineRule({
  id: "unknown-field/typo",
  severity: "warning",
  title: "A member's name is not misspelt",
  why: "Servers are to ignore members they do not know, so a misspelt one mostly has no effect and nobody says so; some refuse the document.",
  sources: [rfc(7591, "2")],
  bad: [
    '«"redirect_url"»: "https://app.acme.dev/other"',
    '«"client_nmae"»: "Acme"',
    '«"scopes"»: "openid"',
    '«"jwk_uri"»: "https://app.acme.dev/jwks.json"',
  ],
  good: ['"dev.acme.theme": "dark"', '"client_name#fr": "Acmé"'],
  check(document, report) {
    for (const { member, base, tag, meant, otherCase } of unknownMembers(document)) {
      if (meant === undefined || otherCase) continue;
      const { key } = member;
      report({
        at: key,
        pointer: jsonPointer(key.value),
        message: say`No specification knows \`${base.slice(0, 60)}\`, so it has no effect (RFC 7591 §2). Did you mean \`${meant}\`?`,
        data: meant + tag,
      });
    }
  },
  fix: renaming,
});
