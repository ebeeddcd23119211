import { audiencesOf, SOLID_CONTEXT } from "../../document/audiences.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { solidOidc } from "../../specifications/sources.js";
import { addItem, addMember, replaceNode } from "../edits.js";
import { defineRule } from "../rule.js";

const SCOPE = '"scope": "openid webid"';

export const context = defineRule({
  id: "solid/context",
  severity: "error",
  title: "A Solid document names the context of Solid-OIDC",
  why: "The context makes members of the document what they are in JSON-LD. Community Solid Server reads a document without it as RDF, and finds at most client_id and redirect_uris there.",
  sources: [solidOidc("5.1", "clientids-document")],
  concerns: (document) => audiencesOf(document).includes("solid"),
  bad: [
    `"@context": «["https://schema.org"]», ${SCOPE}`,
    `"@context": «"http://www.w3.org/ns/solid/oidc-context.jsonld"», ${SCOPE}`,
    `=«{»"client_id": "https://app.acme.dev/id", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "grant_types": ["authorization_code", "refresh_token"], "token_endpoint_auth_method": "none", ${SCOPE}}`,
  ],
  good: [
    `"@context": ["${SOLID_CONTEXT}"], ${SCOPE}`,
    `"@context": "${SOLID_CONTEXT}", ${SCOPE}`,
    '"scope": "openid profile"',
  ],
  check(document, report) {
    if (!document.object || !document.complete || !audiencesOf(document).includes("solid")) return;
    const listed = document.strings("@context").some(({ node }) => node.value === SOLID_CONTEXT);
    if (listed || document.string("@context")?.value === SOLID_CONTEXT) return;
    const value = document.value("@context");
    report({
      at: value ?? startOf(document.object),
      pointer: value ? "/@context" : "",
      message: say`Solid-OIDC requires its context; without it Community Solid Server reads RDF, and at most \`client_id\` and \`redirect_uris\`. Set \`@context\` to ${SOLID_CONTEXT}.`,
    });
  },
  fix(document) {
    const list = document.array("@context");
    const value = document.value("@context");
    const wrong = document.strings("@context").find(({ node }) => /\/ns\/solid\/oidc/.test(node.value))?.node;
    const edit = wrong
      ? replaceNode(wrong, SOLID_CONTEXT)
      : list
        ? addItem(document, list, SOLID_CONTEXT)
        : value
          ? replaceNode(value, [SOLID_CONTEXT])
          : addMember(document, "@context", [SOLID_CONTEXT]);
    return edit ? [{ title: say`Set the context of Solid-OIDC`, edits: [edit], preferred: true }] : [];
  },
});
