import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const missing = defineRule({
  id: "client-name/missing",
  severity: "warning",
  title: "The client has a name",
  why: "The consent screen shows it, the MCP specification requires it, and several servers refuse a document without it.",
  sources: [mcp("client-registration"), rfc(7591, "2")],
  bad: [
    '=«{»"client_id": "https://app.acme.dev/oauth/client", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    if (!document.object || !document.complete || document.has("client_name")) return;
    // A name in some language only has `client-name/i18n-no-default`.
    if (document.object.members.some(({ key }) => key.value.startsWith("client_name#"))) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The client has no \`client_name\`, which the MCP specification requires and people read when they consent. Add one.`,
    });
  },
});
