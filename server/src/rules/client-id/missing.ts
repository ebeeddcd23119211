import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, mcp } from "../../specifications/sources.js";
import { addMember } from "../edits.js";
import { defineRule } from "../rule.js";

export const missing = defineRule({
  id: "client-id/missing",
  severity: "error",
  coveredByJsonService: true,
  title: "The document names its own URL as client_id",
  why: "Servers compare `client_id` with the URL they fetched the document from; without it nobody is identified.",
  sources: [cimd("4"), mcp("client-registration")],
  bad: [
    '=«{»"client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    if (!document.object || !document.complete || document.has("client_id")) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The document has no \`client_id\`, so no server can tell whose it is (CIMD draft-03 §4). Add the URL where this file will be served.`,
    });
  },
  fix(document) {
    if (document.servedFrom === undefined) return [];
    const edit = addMember(document, "client_id", document.servedFrom);
    return edit ? [{ title: say`Add client_id ${document.servedFrom}`, edits: [edit], preferred: true }] : [];
  },
});
