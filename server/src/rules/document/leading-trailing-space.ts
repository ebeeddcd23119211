import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";
import { suspectStrings } from "../stringValues.js";
import { isUrlMember } from "./empty-string.js";

export const leadingTrailingSpace = defineRule({
  id: "document/leading-trailing-space",
  severity: "warning",
  title: "Values have no white space around them",
  why: "Servers compare values character by character: a trailing space makes another client identifier URL and another redirect URI.",
  sources: [rfc(3986, "2"), cimd("3")],
  bad: ['"client_uri": «" https://app.acme.dev"»', '"software_id": «"acme "»'],
  good: ['"client_name": "Acme Desktop"'],
  check(document, report) {
    for (const { node, pointer, name, direct } of suspectStrings(document)) {
      const trimmed = node.value.trim();
      if (!direct || trimmed === node.value || trimmed === "") continue;
      report({
        at: node,
        pointer,
        severity: isUrlMember(name) ? "error" : "warning",
        message: node.value.startsWith(trimmed)
          ? say`The value of \`${name}\` has white space at its end, and servers compare exactly. Delete it.`
          : say`The value of \`${name}\` has white space at its start, and servers compare exactly. Delete it.`,
      });
    }
  },
  fix(document, { offset }) {
    const found = suspectStrings(document).find(({ node }) => node.offset === offset);
    return found
      ? [
          {
            title: say`Delete the white space around the value`,
            edits: [replaceString(found.node, found.node.value.trim())],
            preferred: true,
            safe: true,
          },
        ]
      : [];
  },
});
