import { say } from "../../localisation/say.js";
import { ianaClientMetadata, rfc } from "../../specifications/sources.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";
import { METHODS, writtenMethods } from "./methods.js";

export const caseRule = defineRule({
  id: "auth-method/case",
  severity: "error",
  title: "The token endpoint authentication method is in lower case",
  why: "The values are case-sensitive: `None` is not `none`, and servers refuse it.",
  sources: [rfc(7591, "2"), ianaClientMetadata],
  bad: ['"token_endpoint_auth_method": «"None"»', '"token_endpoint_auth_methods_supported": [«"NONE"»]'],
  good: ['"token_endpoint_auth_method": "none"'],
  check(document, report) {
    for (const { node, pointer } of writtenMethods(document)) {
      const lower = node.value.toLowerCase();
      if (lower === node.value || !METHODS.includes(lower)) continue;
      report({
        at: node,
        pointer,
        message: say`Token endpoint authentication methods are case-sensitive (RFC 7591 §2), and servers refuse this one. Write ${lower}.`,
      });
    }
  },
  fix(document, { offset }) {
    const found = writtenMethods(document).find(({ node }) => node.offset === offset);
    if (!found) return [];
    const lower = found.node.value.toLowerCase();
    return [{ title: say`Use ${lower}`, edits: [replaceString(found.node, lower)], preferred: true }];
  },
});
