import { say } from "../../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { cimd03 } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { METHODS, PLURAL, SINGULAR } from "./methods.js";

export const arrayEmpty = defineRule({
  id: "auth-method/array-empty",
  severity: "warning",
  title: "The list of methods is not empty",
  why: "An empty list says that the client can use no method at all, so a server that reads it finds none to agree on.",
  sources: [cimd03("6")],
  bad: ['"token_endpoint_auth_methods_supported": «[]»'],
  good: ['"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    const list = document.array(PLURAL);
    if (!list?.closed || list.items.length > 0) return;
    report({
      at: list,
      pointer: `/${PLURAL}`,
      message: say`The list says that the client can use no method at all (CIMD draft-03 §6). Name the methods, or delete the member.`,
    });
  },
  fix(document) {
    const list = document.array(PLURAL);
    const method = document.string(SINGULAR)?.value ?? "none";
    const edit =
      list &&
      METHODS.includes(method) &&
      !SHARED_SECRET_METHODS.has(method) &&
      addItem(document, list, method);
    return edit ? [{ title: say`Add ${method}`, edits: [edit], preferred: true }] : [];
  },
});
