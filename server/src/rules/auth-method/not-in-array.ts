import { say } from "../../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { cimd03, rpMetadataChoices } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { METHODS, PLURAL, SINGULAR } from "./methods.js";

export const notInArray = defineRule({
  id: "auth-method/not-in-array",
  severity: "error",
  title: "The preferred method is one of the supported ones",
  why: "The list says what the client can do; a preferred method outside of it contradicts the list, and servers refuse the document.",
  sources: [cimd03("6"), rpMetadataChoices("2")],
  bad: [
    '"token_endpoint_auth_method": «"none"», "token_endpoint_auth_methods_supported": ["private_key_jwt"], "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  good: [
    '"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["private_key_jwt", "none"], "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const node = document.string(SINGULAR);
    const list = document.array(PLURAL);
    if (!node || !list || list.items.length === 0) return;
    // Any other word has a rule of its own here.
    if (!METHODS.includes(node.value) || SHARED_SECRET_METHODS.has(node.value)) return;
    if (document.strings(PLURAL).some((item) => item.node.value.toLowerCase() === node.value)) return;
    report({
      at: node,
      pointer: `/${SINGULAR}`,
      message: say`\`${node.value}\` is not in \`${PLURAL}\`, where it has to be (CIMD draft-03 §6). Add it there, or name one of the list.`,
      related: [{ offset: list.offset, end: list.end, message: say`The supported methods` }],
    });
  },
  fix(document) {
    const node = document.string(SINGULAR);
    const list = document.array(PLURAL);
    // Servers report other words here too.
    const listed = node && METHODS.includes(node.value) && !SHARED_SECRET_METHODS.has(node.value);
    const edit = listed && list && addItem(document, list, node.value);
    return edit ? [{ title: say`Add ${node.value} to the list`, edits: [edit], preferred: true }] : [];
  },
});
