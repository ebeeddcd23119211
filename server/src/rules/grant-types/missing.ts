import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const missing = defineRule({
  id: "grant-types/missing",
  severity: "information",
  title: "The grant types are written down",
  why: "When they are left out, they mean authorization_code (RFC 7591 §2), but some servers want them written out.",
  sources: [rfc(7591, "2")],
  portability: { message: "Some servers require `grant_types`. Add authorization_code and refresh_token." },
  bad: ['"grant_types": «null»'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
});
