import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

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
