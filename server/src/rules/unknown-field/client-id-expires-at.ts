import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { deletion } from "./foreignRule.js";

export const clientIdExpiresAt = defineRule({
  id: "unknown-field/client-id-expires-at",
  severity: "information",
  title: "client_id_expires_at is left out until a specification defines it",
  why: "The drafts only note that such a member may come; today no server reads it.",
  sources: [cimd("4")],
  bad: ['«"client_id_expires_at"»: 1798761600'],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    const member = document.member("client_id_expires_at");
    if (!member) return;
    report({
      at: member.key,
      pointer: "/client_id_expires_at",
      message: say`The drafts give \`client_id_expires_at\` no meaning so far. Do not rely on it.`,
    });
  },
  fix: deletion,
});
