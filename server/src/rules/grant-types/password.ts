import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { CODE, replaceGrant } from "./grants.js";

export const password = defineRule({
  id: "grant-types/password",
  severity: "error",
  title: "The client does not use the password grant",
  why: "It hands people's passwords to the client; current advice forbids it without exception.",
  sources: [rfc(9700, "2.4")],
  bad: ['"grant_types": ["authorization_code", "refresh_token", «"password"»]'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    for (const { index, node } of document.strings("grant_types")) {
      if (node.value !== "password") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`The password grant must not be used: it hands people's passwords to the client (RFC 9700 §2.4). Use authorization_code.`,
        tags: ["deprecated"],
      });
    }
  },
  fix: (document, finding) => replaceGrant(document, finding, CODE),
});
