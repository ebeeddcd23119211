import { say } from "../../localisation/say.js";
import { rpMetadataChoices } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { CHOICES } from "./choices.js";

export const singularPlural = defineRule({
  id: "oidc/singular-plural",
  severity: "error",
  title: "The preferred choice is one of the supported ones",
  why: "The list says what the client can do; a preferred value outside of it contradicts the list, and servers refuse the document.",
  sources: [rpMetadataChoices("2")],
  bad: [
    '"id_token_signed_response_alg": «"ES256"», "id_token_signing_alg_values_supported": ["RS256"]',
    '"subject_type": «"public"», "subject_types_supported": ["pairwise"]',
  ],
  good: [
    '"id_token_signed_response_alg": "ES256", "id_token_signing_alg_values_supported": ["RS256", "ES256"]',
  ],
  check(document, report) {
    for (const [singular, plural] of CHOICES) {
      const list = document.array(plural);
      const node = document.string(singular);
      if (!list || !node || node.value === "") continue;
      if (document.strings(plural).some((item) => item.node.value === node.value)) continue;
      report({
        at: node,
        pointer: `/${singular}`,
        message: say`\`${node.value.slice(0, 30)}\` is not in \`${plural}\`, where it has to be (RP Metadata Choices §2). Add it there.`,
        related: [{ offset: list.offset, end: list.end, message: say`The supported values` }],
        data: plural,
      });
    }
  },
  fix(document, { pointer, data }) {
    const node = document.string(pointer.slice(1));
    const list = typeof data === "string" ? document.array(data) : undefined;
    const edit = node && list && addItem(document, list, node.value);
    return edit ? [{ title: say`Add ${node.value} to the list`, edits: [edit], preferred: true }] : [];
  },
});
