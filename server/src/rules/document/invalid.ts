import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import type { Fix } from "../rule.js";
import { GOOD, syntaxRule } from "./syntaxRule.js";

/** Writes raw control characters of a string as escapes; other faults are left to the author. */
function controlCharacters(text: string, offset: number, end: number): Fix["edits"] {
  const edits: { offset: number; end: number; newText: string }[] = [];
  for (let i = offset; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20)
      edits.push({ offset: i, end: i + 1, newText: JSON.stringify(text.charAt(i)).slice(1, -1) });
  }
  return edits;
}

export const invalidNumber = syntaxRule({
  id: "document/invalid-number",
  severity: "error",
  title: "Numbers are plain decimal",
  why: "NaN, Infinity, hex and leading zeros are not JSON; Python-based servers read NaN, all others refuse the document.",
  sources: [rfc(8259, "6")],
  bad: [
    '"default_max_age": «NaN»',
    '"default_max_age": «0123»',
    '"default_max_age": «0x10»',
    '"default_max_age": «+5»',
  ],
  good: ['"default_max_age": 3600', '"default_max_age": 0'],
});

export const invalidString = syntaxRule({
  id: "document/invalid-string",
  severity: "error",
  title: "Strings hold no raw control characters and only JSON's escapes",
  why: "A raw tab or an escape such as \\x41 looks fine in an editor and makes strict parsers refuse the document.",
  sources: [rfc(8259, "7")],
  bad: ['"software_id": «"a\tb"»', '"software_id": «"a\\x41"»'],
  good: GOOD,
  fix: ({ text }, { offset, end }) => ({
    title: say`Escape the control characters`,
    edits: controlCharacters(text, offset, end),
    preferred: true,
    safe: true,
  }),
});
