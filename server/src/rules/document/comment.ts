import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { syntaxRule } from "./syntaxRule.js";

export const comment = syntaxRule({
  id: "document/comment",
  severity: "error",
  title: "JSON has no comments",
  why: "Editors tolerate comments in configuration files, authorization servers do not: the whole document is refused.",
  sources: [rfc(8259, "2")],
  bad: ['«// production»\n "software_id": "acme"', '«/* who we are */» "software_id": "acme"'],
  good: ['"client_uri": "https://app.acme.dev/a//b"'],
  fix: ({ text }, { offset, end }) => {
    const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
    const alone = text.slice(lineStart, offset).trim() === "" && /^[ \t]*\r?\n/.test(text.slice(end));
    const stop = alone ? text.indexOf("\n", end) + 1 : end;
    return {
      title: say`Delete the comment`,
      edits: [{ offset: alone ? lineStart : offset, end: stop, newText: "" }],
      preferred: true,
      safe: true,
    };
  },
});
