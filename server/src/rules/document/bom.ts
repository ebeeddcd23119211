import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { GOOD, syntaxRule } from "./syntaxRule.js";

export const bom = syntaxRule({
  id: "document/bom",
  severity: "warning",
  title: "The text starts without a byte order mark",
  why: "JSON senders must not add a byte order mark, and receivers may refuse one; the file works only where a parser tolerates it.",
  sources: [rfc(8259, "8.1")],
  bad: [
    '=«\ufeff»{"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none"}',
  ],
  good: GOOD,
  fix: (document, { offset, end }) => ({
    title: say`Delete the byte order mark`,
    // What the editor does not show, no edit of its text deletes.
    edits: document.shownText === document.text ? [{ offset, end, newText: "" }] : [],
    preferred: true,
    safe: true,
  }),
});
