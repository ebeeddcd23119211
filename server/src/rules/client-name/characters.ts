import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Told by servers that keep names to letters and digits. */
export const characters = defineRule({
  id: "client-name/characters",
  severity: "information",
  title: "The client's name has letters, digits and hyphens only",
  why: "A few servers check a name against a list of characters, and a dot or a parenthesis makes them refuse the document.",
  sources: [rfc(7591, "2")],
  portability: {
    message:
      "Some servers accept only letters, digits, spaces and hyphens in a name. Leave the other characters out.",
  },
  bad: ['"client_name": «"Acme (Beta)"»', '"client_name": «"Acme 2.0"»'],
  good: ['"client_name": "Acme Beta-2"'],
});
