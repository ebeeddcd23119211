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

export const empty = defineRule({
  id: "client-name/empty",
  severity: "error",
  title: "The client's name is not empty",
  why: "An empty name is nothing a person could recognise; several servers refuse the document.",
  sources: [mcp("client-registration"), rfc(7591, "2")],
  bad: ['"client_name": «""»', '"client_name": «"  "»'],
  good: ['"client_name": "A"'],
  check(document, report) {
    const name = document.string("client_name");
    if (name?.value.trim() !== "") return;
    report({
      at: name,
      pointer: "/client_name",
      message: say`The client's name is empty, and people must be able to recognise who asks (MCP, RFC 7591 §2). Write its name.`,
    });
  },
});

/** Told by servers that keep names to letters and digits. */
export const otherCharacters = defineRule({
  id: "client-name/characters",
  severity: "information",
  title: "The client's name has letters, digits and hyphens only",
  why: "A few servers check a name against a list of characters, and a dot or a parenthesis makes them refuse the document.",
  sources: [rfc(7591, "2")],
  portability: {
    message:
      "Some servers accept only letters, digits, spaces and hyphens in a name. Leave the other characters out.",
  },
  bad: ['"client_name": «"Acme (Beta)"»', '"client_name": «"Acme 2.0"»'],
  good: ['"client_name": "Acme Beta-2"'],
});
