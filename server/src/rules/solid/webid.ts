import { audiencesOf, SOLID_CONTEXT } from "../../document/audiences.js";
import { say } from "../../localisation/say.js";
import { solidOidc } from "../../specifications/sources.js";
import { declaresAtproto } from "../atproto/declares.js";
import { atprotoExample } from "../atproto/examples.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";

/** What every request of a Solid client asks for. */
const REQUIRED = ["openid", "webid"];

function missingScopes(scope: string): readonly string[] {
  const listed = scope.split(" ");
  return REQUIRED.filter((name) => !listed.includes(name));
}

export const webid = defineRule({
  id: "solid/webid",
  severity: "warning",
  title: "The scope of a Solid client has openid and webid",
  why: "A Solid client asks for both to learn the WebID of who signs in. A server lets it ask for no more than what scope lists.",
  sources: [solidOidc("7", "webid-scope")],
  concerns: (document) => audiencesOf(document).includes("solid"),
  bad: [
    `"@context": "${SOLID_CONTEXT}", "scope": «"openid profile"»`,
    `"@context": "${SOLID_CONTEXT}", "scope": «"webid"»`,
  ],
  good: [
    `"@context": "${SOLID_CONTEXT}", "scope": "openid profile offline_access webid"`,
    `"@context": "${SOLID_CONTEXT}"`,
    atprotoExample(`"@context": "${SOLID_CONTEXT}"`),
  ],
  check(document, report) {
    const node = document.string("scope");
    // An empty scope has a rule of its own.
    if (!node || node.value.trim() === "" || !audiencesOf(document).includes("solid")) return;
    // An atproto server refuses openid: such a document cannot please both.
    if (declaresAtproto(document)) return;
    const missing = missingScopes(node.value);
    if (missing.length === 0) return;
    report({
      at: node,
      pointer: "/scope",
      message:
        missing.length > 1
          ? say`A Solid client asks for openid and webid (Solid-OIDC §7), and may ask only for what \`scope\` lists. Add both, or delete the member.`
          : say`A Solid client asks for ${missing.join(" ")} (Solid-OIDC §7), and may ask only for what \`scope\` lists. Add it.`,
    });
  },
  fix(document) {
    const node = document.string("scope");
    const missing = node ? missingScopes(node.value) : [];
    return node && missing.length > 0
      ? [
          {
            title: say`Add ${missing.join(" ")}`,
            edits: [replaceString(node, `${node.value} ${missing.join(" ")}`)],
            preferred: true,
          },
        ]
      : [];
  },
});
