import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import type { JsonNode, Member } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import { defineRule } from "../rule.js";

/** Members in which two values of one name decide who the client is. */
const IDENTITY: ReadonlySet<string> = new Set([
  "client_id",
  "redirect_uris",
  "token_endpoint_auth_method",
  "token_endpoint_auth_methods_supported",
  "jwks",
  "jwks_uri",
]);

export const duplicateKey = defineRule({
  id: "document/duplicate-key",
  severity: "warning",
  coveredByJsonService: true,
  title: "Every member name appears once",
  why: "Parsers disagree about which of two members counts; what you see may not be what a server reads.",
  sources: [rfc(8259, "4")],
  bad: [
    '«"client_name"»: "Acme", "client_name": "Acme Desktop"',
    '«"token_endpoint_auth_method"»: "private_key_jwt", "token_endpoint_auth_method": "none"',
  ],
  good: ['"client_name": "Acme", "client_name#fr": "Acmé"'],
  check(document, report) {
    if (!document.repeatsNames) return;
    for (const member of document.object?.members ?? []) {
      const name = member.key.value;
      const last = document.member(name);
      if (!last || last === member) continue;
      report({
        at: member.key,
        pointer: jsonPointer(name),
        message: say`\`${name}\` appears twice; most parsers read the last one and drop this (RFC 8259 §4). Keep one of them.`,
        severity: IDENTITY.has(name) ? "error" : "warning",
        related: [
          { offset: last.key.offset, end: last.key.end, message: say`The one that most parsers read` },
        ],
        tags: ["unnecessary"],
      });
    }
  },
  fix(document, finding) {
    const member = memberNamedAt(document, finding);
    if (!member) return [];
    return deleteMember(document, member, {
      title: say`Delete this one, keep the last`,
      preferred: true,
      // Who the client is, is the author's to say.
      safe: !IDENTITY.has(member.key.value) || saysTheSame(document, member),
    });
  },
});

/** Whether a member has the value of the last one of its name, letter by letter. */
function saysTheSame(document: ClientMetadataDocument, { key, value }: Member): boolean {
  const last = document.member(key.value)?.value;
  const textOf = (node: JsonNode | undefined) => node && document.text.slice(node.offset, node.end);
  return textOf(value) === textOf(last);
}
