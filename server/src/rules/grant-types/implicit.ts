import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { CLIENT_METADATA, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import {
  CODE,
  grantsOf,
  itemAt,
  listedResponseTypes,
  replaceGrant,
  useCode,
  withoutImplicitTypes,
} from "./grants.js";

export const implicitMismatch = defineRule({
  id: "grant-types/implicit-mismatch",
  severity: "error",
  title: "The implicit grant and its response types go together",
  why: "token and id_token are answers of the implicit grant; a client with only one of the two is inconsistent, and servers may refuse it.",
  sources: [CLIENT_METADATA, rfc(7591, "2.1")],
  bad: [
    '"grant_types": ["authorization_code", "refresh_token"], "response_types": ["code", «"id_token"»]',
    '"grant_types": ["authorization_code", "refresh_token"], "response_types": [«"code id_token"»]',
  ],
  good: ['"grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"]'],
  check(document, report) {
    if (document.array("grant_types")?.items.length === 0 || grantsOf(document).has("implicit")) return;
    for (const { index, node, words } of listedResponseTypes(document)) {
      const token = words.includes("token");
      if (!token && !words.includes("id_token")) continue;
      // `response-types/token` advises against it where no grants are listed.
      if (token && !document.has("grant_types")) continue;
      // A verifiable presentation with a self-issued ID token has no grant.
      if (words.includes("vp_token")) continue;
      report({
        at: node,
        pointer: jsonPointer("response_types", index),
        message: say`\`${node.value.slice(0, 40)}\` belongs to the implicit grant, which \`grant_types\` does not list (OpenID Connect Registration §2). Use code instead.`,
      });
    }
  },
  fix: useCode,
});

export const implicit = defineRule({
  id: "grant-types/implicit",
  severity: "warning",
  title: "The client does not use the implicit grant",
  why: "It sends access tokens through the browser's address bar, where they leak; the code flow with PKCE does the same safely.",
  sources: [rfc(9700, "2.1.2")],
  bad: ['"grant_types": ["authorization_code", "refresh_token", «"implicit"»]'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    for (const { index, node } of document.strings("grant_types")) {
      if (node.value !== "implicit") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`Clients should not use the implicit grant: access tokens leak through the address bar (RFC 9700 §2.1.2). Use authorization_code.`,
        tags: ["deprecated"],
      });
    }
  },
  fix(document, finding) {
    const found = itemAt(document, finding);
    if (!found) return [];
    const types = withoutImplicitTypes(document);
    return replaceGrant(document, finding, CODE).map((fix) => ({ ...fix, edits: [...fix.edits, ...types] }));
  },
});
