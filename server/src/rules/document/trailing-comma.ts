import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { syntaxRule } from "./syntaxRule.js";

export const trailingComma = syntaxRule({
  id: "document/trailing-comma",
  severity: "error",
  title: "No comma stands before a closing bracket",
  why: "JavaScript and editors' settings allow a comma after the last item, JSON does not.",
  sources: [rfc(8259, "4"), rfc(8259, "5")],
  bad: [
    '"contacts": ["dev@acme.dev"«,»]',
    '={"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none"«,»}',
  ],
  good: ['"contacts": ["dev@acme.dev", "ops@acme.dev"]'],
  fix: (_document, { offset, end }) => ({
    title: say`Delete the comma`,
    edits: [{ offset, end, newText: "" }],
    preferred: true,
    safe: true,
  }),
});
