import { say } from "../../localisation/say.js";
import { CLIENT_METADATA, rfc } from "../../specifications/sources.js";
import { deleteMember } from "../deleteMember.js";
import { addMember } from "../edits.js";
import { defineRule } from "../rule.js";
import { CHOICES } from "./choices.js";

export const encWithoutAlg = defineRule({
  id: "oidc/enc-without-alg",
  severity: "error",
  title: "Encryption names both of its algorithms",
  why: "…_enc encrypts the content, …_alg its key; with only the first nothing can be encrypted.",
  sources: [CLIENT_METADATA, rfc(9701, "6")],
  bad: ['«"id_token_encrypted_response_enc"»: "A256GCM"', '«"request_object_encryption_enc"»: "A256GCM"'],
  good: ['"id_token_encrypted_response_alg": "RSA-OAEP-256", "id_token_encrypted_response_enc": "A256GCM"'],
  check(document, report) {
    if (!document.complete) return;
    for (const [name] of CHOICES) {
      const member = name.endsWith("_enc") ? document.member(name) : undefined;
      const partner = name.replace(/_enc$/, "_alg");
      if (!member || document.has(partner)) continue;
      report({
        at: member.key,
        pointer: `/${name}`,
        message: say`\`${name}\` needs \`${partner}\` beside it (${name.startsWith("introspection") ? "RFC 9701 §6" : "OpenID Connect Registration §2"}). Add it, or delete this member.`,
      });
    }
  },
  fix(document, { pointer }) {
    const name = pointer.slice(1);
    const edit = addMember(document, name.replace(/_enc$/, "_alg"), "RSA-OAEP-256");
    return [
      ...(edit ? [{ title: say`Add ${name.replace(/_enc$/, "_alg")}: RSA-OAEP-256`, edits: [edit] }] : []),
      ...deleteMember(document, document.member(name)),
    ];
  },
});
