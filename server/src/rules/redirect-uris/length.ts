import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const length = defineRule({
  id: "redirect-uris/length",
  severity: "information",
  title: "Redirect URIs are short",
  why: "RFC 3986 sets no limit, but databases and browsers do; a few servers refuse more than 2048 characters.",
  sources: [rfc(7591, "2")],
  portability: { message: "Some servers accept only shorter redirect URIs. Use a shorter one." },
  bad: [`"redirect_uris": [«"https://app.acme.dev/${"a".repeat(2048)}"»]`],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
});
