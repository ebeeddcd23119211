import { rfc } from "../../specifications/sources.js";
import { GOOD, syntaxRule } from "./syntaxRule.js";

export const loneSurrogate = syntaxRule({
  id: "document/lone-surrogate",
  severity: "warning",
  title: "Strings are well-formed Unicode",
  why: "Half of a surrogate pair cannot be written as UTF-8; servers replace it or refuse the document.",
  sources: [rfc(8259, "8.2")],
  bad: ['"software_id": «"a\\ud83d"»'],
  good: GOOD,
});
