import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const tooMany = defineRule({
  id: "redirect-uris/too-many",
  severity: "information",
  title: "The list of redirect URIs is short",
  why: "Servers store the list and may show it; a few refuse documents with more than they want to keep.",
  sources: [rfc(7591, "2")],
  portability: {
    message: "Some servers accept fewer redirect URIs than this. List only those that the client sends.",
  },
  bad: [
    `"redirect_uris": «[${Array.from({ length: 21 }, (_, index) => `"https://app.acme.dev/cb${index}"`).join(", ")}]»`,
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
});
