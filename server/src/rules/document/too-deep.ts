import { rfc } from "../../specifications/sources.js";
import { syntaxRule } from "./syntaxRule.js";

export const tooDeep = syntaxRule({
  id: "document/too-deep",
  severity: "error",
  title: "Values are nested at most 256 levels deep",
  why: "No client metadata needs such depth, and parsers stop at limits of their own (RFC 8259 §9 lets them).",
  sources: [rfc(8259, "9")],
  bad: [`"x-tree": ${"[".repeat(255)}«[»${"]".repeat(256)}`],
  good: [`"vp_formats_supported": {"jwt_vc": {"alg": ["ES256"]}}`],
});
