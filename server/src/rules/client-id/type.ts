import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const type = defineRule({
  id: "client-id/type",
  severity: "error",
  coveredByJsonService: true,
  title: "client_id is a string",
  why: "The client identifier is a URL, written as a JSON string; anything else is refused everywhere.",
  sources: [rfc(7591, "3.2.1"), cimd("4")],
  bad: ['"client_id": «42»', '"client_id": «null»', '"client_id": «""»'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  check(document, report) {
    const value = document.value("client_id");
    if (!value || value.type === "invalid" || (value.type === "string" && value.value !== "")) return;
    report({
      at: value.type === "object" || value.type === "array" ? startOf(value) : value,
      pointer: "/client_id",
      message:
        value.type === "string"
          ? say`\`client_id\` is empty (CIMD draft-03 §4). Write the URL where this file will be served.`
          : say`\`client_id\` must be a string with the URL of this document (CIMD draft-03 §4). Write the https URL in double quotes.`,
    });
  },
});
