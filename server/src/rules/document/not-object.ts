import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { NOUN } from "./wrong-type.js";

export const notObject = defineRule({
  id: "document/not-object",
  severity: "error",
  title: "The document is a JSON object",
  why: "Client metadata is a set of named members (RFC 7591 §2); servers refuse an array, a string or a number.",
  sources: [rfc(7591, "2")],
  bad: ['=«[»{"client_id": "https://app.acme.dev/oauth/client"}]', '=«"https://app.acme.dev/oauth/client"»'],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    const { root } = document;
    if (!root || !document.complete || root.type === "object" || root.type === "invalid") return;
    report({
      at: root.type === "array" ? startOf(root) : root,
      pointer: "",
      message: say`The document is ${NOUN[root.type]()} where servers expect a JSON object (RFC 7591 §2). Wrap the members in braces.`,
    });
  },
  fix(document) {
    const { root } = document;
    const only = root?.type === "array" && root.closed && root.items.length === 1 ? root.items[0] : undefined;
    if (!root || only?.type !== "object") return [];
    return [
      {
        title: say`Unwrap the object`,
        edits: [
          { offset: root.offset, end: only.offset, newText: "" },
          { offset: only.end, end: root.end, newText: "" },
        ],
        preferred: true,
      },
    ];
  },
});
