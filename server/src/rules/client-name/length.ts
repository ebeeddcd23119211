import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { nameRule } from "./nameRule.js";

/** More than any consent screen has room for; client.dev's validator draws the same line. */
const LONGEST = 200;

export const length = nameRule({
  id: "client-name/length",
  severity: "information",
  title: "The client's name is short enough to be read",
  why: "Consent screens cut long names, and what is cut nobody has agreed to.",
  sources: [rfc(7591, "2"), cimd("9.5")],
  bad: [`"client_name": «"${"Acme ".repeat(41)}Desktop"»`],
  good: ['"client_name": "Acme Desktop for Teams"'],
  test(name) {
    if (name.length <= LONGEST) return undefined;
    return {
      message: say`The name has ${name.length} characters, more than a consent screen has room for. Use the product's name alone.`,
    };
  },
});
