import { rfc } from "../../specifications/sources.js";
import { GOOD, syntaxRule } from "./syntaxRule.js";

export const jsonSyntax = syntaxRule({
  id: "document/json-syntax",
  severity: "error",
  title: "The text is well-formed JSON",
  why: "Authorization servers parse the document with a strict JSON parser; one wrong byte and the client is unknown to all of them.",
  sources: [rfc(8259, "2")],
  bad: ['"client_uri": «https://acme.dev»', '="client_id"«: "https://app.acme.dev/oauth/client"»'],
  good: GOOD,
});
