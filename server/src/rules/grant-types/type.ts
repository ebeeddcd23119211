import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { CODE } from "./grants.js";

export const type = defineRule({
  id: "grant-types/type",
  severity: "warning",
  sameAs: ["document/wrong-type", "document/null-value"],
  title: "The list of grant types is not empty",
  why: "An empty list says that the client may not get a token in any way; leaving the member out means authorization_code.",
  sources: [rfc(7591, "2")],
  bad: ['"grant_types": «[]»'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const list = document.array("grant_types");
    if (!list?.closed || list.items.length > 0) return;
    report({
      at: list,
      pointer: "/grant_types",
      message: say`An empty list allows the client no way to get a token, while the member's absence means authorization_code (RFC 7591 §2). Name the grants.`,
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit = list && addItem(document, list, CODE);
    return edit ? [{ title: say`Add ${CODE}`, edits: [edit], preferred: true }] : [];
  },
});
