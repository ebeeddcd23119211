import { say } from "../../localisation/say.js";
import { fieldByName } from "../../metadata/fields.js";
import { rfc } from "../../specifications/sources.js";
import { deleteMember, memberValuedAt } from "../deleteMember.js";
import { defineRule } from "../rule.js";
import { suspectStrings } from "../stringValues.js";

/** True for members that hold a URL, or URLs. */
export function isUrlMember(name: string): boolean {
  const kind = fieldByName(name)?.kind;
  return kind === "url" || kind === "url[]" || name === "client_id";
}

/** Members with a rule of their own for the empty string. */
const OWN_EMPTY: ReadonlySet<string> = new Set(["client_id", "client_name", "redirect_uris", "scope"]);

export const emptyString = defineRule({
  id: "document/empty-string",
  severity: "warning",
  title: "Members are left out rather than empty",
  why: "An empty string is a value: servers that want a URL refuse the whole document for it.",
  sources: [rfc(7591, "2")],
  bad: ['"logo_uri": «""»', '"software_id": «""»'],
  good: ['"logo_uri": "https://app.acme.dev/logo.png"'],
  check(document, report) {
    for (const { node, pointer, name, direct } of suspectStrings(document)) {
      if (!direct || node.value !== "" || OWN_EMPTY.has(name)) continue;
      const url = isUrlMember(name);
      report({
        at: node,
        pointer,
        severity: url ? "error" : "warning",
        message: url
          ? say`\`${name}\` is empty and must be a URL (RFC 7591 §2); FastMCP and oidc-provider refuse the document. Delete the member or add the URL.`
          : say`\`${name}\` is empty. Delete the member or give it a value.`,
      });
    }
  },
  fix(document, finding) {
    const member = memberValuedAt(document, finding);
    if (!member) return [];
    const title = say`Delete ${JSON.stringify(member.key.value)}`;
    return deleteMember(document, member, { title, preferred: true });
  },
});
