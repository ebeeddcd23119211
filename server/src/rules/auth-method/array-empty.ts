import { say } from "../../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { rpMetadataChoices } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { METHODS, PLURAL, SINGULAR } from "./methods.js";

export const arrayEmpty = defineRule({
  id: "auth-method/array-empty",
  severity: "information",
  title: "The list of methods is not empty",
  why: "The list names the methods that the client can use. No text forbids an empty one, but a server that reads it finds none to agree on.",
  sources: [rpMetadataChoices("2")],
  bad: ['"token_endpoint_auth_methods_supported": «[]»'],
  good: ['"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    const list = document.array(PLURAL);
    if (!list?.closed || list.items.length > 0) return;
    report({
      at: list,
      pointer: `/${PLURAL}`,
      message: say`The list says that the client can use no method at all. Name the methods, or delete the member.`,
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
