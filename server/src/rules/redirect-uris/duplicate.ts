import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { removeItem } from "../edits.js";
import { defineRule } from "../rule.js";

export const duplicate = defineRule({
  id: "redirect-uris/duplicate",
  severity: "warning",
  title: "Every redirect URI appears once",
  why: "A second copy changes nothing where it is accepted, and Auth0 refuses it.",
  sources: [rfc(7591, "2")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback", «"https://app.acme.dev/callback"»]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback", "https://app.acme.dev/callback/"]'],
  check(document, report) {
    const first = new Map<string, { readonly offset: number; readonly end: number }>();
    for (const entry of document.redirects) {
      const { node } = entry;
      const earlier = first.get(node.value);
      if (!earlier) {
        first.set(node.value, node);
        continue;
      }
      if (node.value === "") continue;
      report({
        at: node,
        pointer: entry.pointer,
        message: say`This redirect URI is in the list already; Auth0 refuses repetitions. Delete it.`,
        related: [{ offset: earlier.offset, end: earlier.end, message: say`The first one` }],
        tags: ["unnecessary"],
      });
    }
  },
  fix(document, { offset }) {
    const list = document.array("redirect_uris");
    const item = list?.items.find((node) => node.offset === offset);
    return list && item
      ? [
          {
            title: say`Delete the repetition`,
            edits: [removeItem(document, list.items, item)],
            preferred: true,
            safe: true,
          },
        ]
      : [];
  },
});
