import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { isPublicClient } from "../auth-method/methods.js";
import { removeItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { itemAt } from "./grants.js";

export const clientCredentialsPublic = defineRule({
  id: "grant-types/client-credentials-public",
  severity: "error",
  title: "client_credentials comes with client authentication",
  why: "The grant is the client's own sign-in; without authentication anybody could use it in the client's name.",
  sources: [rfc(6749, "4.4")],
  bad: [
    '"grant_types": ["authorization_code", "refresh_token", «"client_credentials"»], "token_endpoint_auth_method": "none"',
  ],
  good: [
    '"grant_types": ["authorization_code", "refresh_token", "client_credentials"], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    if (!isPublicClient(document)) return;
    for (const { index, node } of document.strings("grant_types")) {
      if (node.value !== "client_credentials") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`Only clients that authenticate may use client_credentials (RFC 6749 §4.4), and the method here is none. Use private_key_jwt with a key, or delete the grant.`,
      });
    }
  },
  fix(document, finding) {
    const found = itemAt(document, finding);
    return found && found.list.items.length > 1
      ? [{ title: say`Delete it from the list`, edits: [removeItem(document, found.list.items, found.item)] }]
      : [];
  },
});
