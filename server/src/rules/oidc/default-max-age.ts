import { say } from "../../localisation/say.js";
import { CLIENT_METADATA } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const defaultMaxAge = defineRule({
  id: "oidc/default-max-age",
  severity: "error",
  coveredByJsonService: true,
  title: "default_max_age is a number of seconds",
  why: "It is a length of time in whole seconds, and servers refuse a document that says otherwise.",
  sources: [CLIENT_METADATA],
  bad: ['"default_max_age": «-1»', '"default_max_age": «0.5»'],
  good: ['"default_max_age": 3600'],
  check(document, report) {
    const node = document.value("default_max_age");
    if (node?.type !== "number" || (Number.isInteger(node.value) && node.value >= 0)) return;
    report({
      at: node,
      pointer: "/default_max_age",
      message: say`\`default_max_age\` must be a whole number of seconds, zero or more (OpenID Connect Registration §2). Change the value.`,
    });
  },
});
