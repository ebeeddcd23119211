import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const refreshOnly = defineRule({
  id: "grant-types/refresh-only",
  severity: "warning",
  title: "refresh_token comes with a grant that issues one",
  why: "A refresh token is the by-product of another grant; alone the client never gets one.",
  sources: [rfc(6749, "6"), rfc(7591, "2.1")],
  bad: ['"grant_types": [«"refresh_token"»], "response_types": []'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const listed = document.strings("grant_types");
    const [first] = listed;
    if (!first || listed.some(({ node }) => node.value !== "refresh_token")) return;
    // With a response type the two lists disagree, and `grant-types/code-mismatch` says so.
    if (document.strings("response_types").some(({ node }) => node.value === "code")) return;
    report({
      at: first.node,
      pointer: jsonPointer("grant_types", first.index),
      message: say`A refresh token comes from another grant, so this client never gets one (RFC 6749 §6). Add authorization_code.`,
    });
  },
});
