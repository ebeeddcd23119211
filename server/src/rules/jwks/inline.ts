import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { KEYS, METHOD } from "./examples.js";

export const inline = defineRule({
  id: "jwks/inline",
  severity: "off",
  title: "Keys are at a URL of their own",
  why: "With jwks_uri keys can be replaced without touching this document, which servers keep for a while, and it stays small.",
  sources: [rfc(7591, "2")],
  bad: [`${METHOD}, «"jwks"»: ${KEYS}`],
  good: [`${METHOD}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  check(document, report) {
    const member = document.member("jwks");
    if (!member || document.has("jwks_uri")) return;
    report({
      at: member.key,
      pointer: "/jwks",
      message: say`RFC 7591 §2 prefers \`jwks_uri\`: keys can then change without touching this document. Move the key set to a file of its own.`,
    });
  },
});
