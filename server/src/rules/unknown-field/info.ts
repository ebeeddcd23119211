import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import { renameMember } from "../edits.js";
import { defineRule, type Fix } from "../rule.js";
import { type UnknownMember, unknownMembers } from "./unknownMembers.js";

/** Members that are nobody's, or that another rule names. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "client_secret",
  "client_secret_expires_at",
  "access_token",
  "refresh_token",
  "id_token",
  "password",
  "api_key",
  "private_key",
]);

/** Names that their author set apart from everybody else's: `com.acme.theme`, `https://acme.dev/theme`, `_note`, `x-theme`. */
const SET_APART = /[.:/]|^[_$@]|^x[-_]/;

function isNobodys({ member, meant }: UnknownMember): boolean {
  const name = member.key.value;
  return meant === undefined && name !== "" && !SET_APART.test(name) && !ELSEWHERE.has(name);
}

export const info = defineRule({
  id: "unknown-field/info",
  severity: "hint",
  title: "Members of your own have a name of your own",
  why: "Servers should ignore members that they do not know, until a specification gives the name a meaning that is not yours. Some refuse the document instead.",
  sources: [rfc(7591, "2"), cimd("4")],
  bad: ['«"theme"»: "dark"'],
  good: [
    '"dev.acme.theme": "dark"',
    '"_comment": "Deployed from main."',
    '"software_version": "2.1.0", "software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"',
  ],
  check(document, report) {
    for (const unknown of unknownMembers(document)) {
      if (!isNobodys(unknown)) continue;
      const { member } = unknown;
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`No specification knows \`${member.key.value.slice(0, 60)}\`, and servers should ignore it (RFC 7591 §2). If it is yours, put your domain in front, as in com.example.name.`,
      });
    }
  },
  fix(document, finding) {
    const member = memberNamedAt(document, finding);
    const host = document.clientId?.host?.toLowerCase() ?? "";
    const own = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)
      ? `${host.split(".").reverse().join(".")}.${member?.key.value}`
      : undefined;
    const renamed: readonly Fix[] =
      member && own !== undefined && !document.has(own)
        ? [{ title: say`Rename to ${own}`, edits: [renameMember(member, own)] }]
        : [];
    return [...renamed, ...deleteMember(document, member)];
  },
});
