import { jsonPointer } from "../../document/jsonPointer.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { removeItem, replaceNode } from "../edits.js";
import { defineRule } from "../rule.js";

export const type = defineRule({
  id: "redirect-uris/type",
  severity: "error",
  coveredByJsonService: true,
  title: "redirect_uris is an array of strings",
  why: "Even a single address must be in an array; every server refuses a plain string.",
  sources: [rfc(7591, "2")],
  bad: [
    '"redirect_uris": «"https://app.acme.dev/callback"»',
    '"redirect_uris": ["https://app.acme.dev/callback", «42»]',
    '"redirect_uris": [«""»]',
    '"redirect_uris": «null»',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const value = document.value("redirect_uris");
    if (!value || value.type === "invalid") return;
    if (value.type !== "array") {
      report({
        at: value.type === "object" ? startOf(value) : value,
        pointer: "/redirect_uris",
        message:
          value.type === "string"
            ? say`\`redirect_uris\` must be an array of strings (RFC 7591 §2). Put the value into square brackets.`
            : say`\`redirect_uris\` must be an array of strings (RFC 7591 §2). Write the list itself: square brackets with the addresses in them.`,
      });
      return;
    }
    value.items.forEach((item, index) => {
      if (item.type === "invalid" || (item.type === "string" && item.value !== "")) return;
      report({
        at: item.type === "object" || item.type === "array" ? startOf(item) : item,
        pointer: jsonPointer("redirect_uris", index),
        message: say`Every redirect URI must be a string that is not empty (RFC 7591 §2). Write the address, or delete the entry.`,
      });
    });
  },
  fix(document, { pointer, offset }) {
    const value = document.value("redirect_uris");
    if (value?.type === "string" && pointer === "/redirect_uris" && value.value !== "") {
      return [
        {
          title: say`Put it into an array`,
          edits: [replaceNode(value, [value.value])],
          preferred: true,
          safe: true,
        },
      ];
    }
    const item = value?.type === "array" ? value.items.find((node) => node.offset === offset) : undefined;
    return value?.type === "array" && item?.type === "string"
      ? [
          {
            title: say`Delete the empty entry`,
            edits: [removeItem(document, value.items, item)],
            preferred: true,
          },
        ]
      : [];
  },
});
