import { say } from "../../localisation/say.js";
import { CLIENT_METADATA, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { adding, CODE, listedGrants, listedResponseTypes } from "./grants.js";

export const codeMismatch = defineRule({
  id: "grant-types/code-mismatch",
  severity: "error",
  title: "authorization_code and code go together",
  why: "The code of the response is what the grant exchanges; a client with only one of them cannot finish a sign-in.",
  sources: [rfc(7591, "2.1"), CLIENT_METADATA],
  bad: [
    '"grant_types": «["refresh_token"]», "response_types": ["code"]',
    '"grant_types": «["authorization_code", "refresh_token"]», "response_types": ["none"]',
    '"grant_types": «["client_credentials"]», "response_types": ["code"], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  good: [
    '"grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"]',
    '"grant_types": ["client_credentials"], "response_types": [], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const grants = listedGrants(document);
    const list = document.array("grant_types");
    const types = listedResponseTypes(document);
    // Empty lists have rules of their own.
    if (!list || !grants || list.items.length === 0 || types.length === 0) return;
    const code = types.find(({ words }) => words.includes("code"));
    if (grants.has(CODE) === (code !== undefined)) return;
    const other = document.array("response_types");
    report({
      at: list,
      pointer: "/grant_types",
      message: code
        ? say`\`response_types\` has code, so \`grant_types\` must have authorization_code (RFC 7591 §2.1). Add it, or remove code.`
        : say`\`grant_types\` has authorization_code, and no response type brings a code (RFC 7591 §2.1). Add code to \`response_types\`.`,
      ...(other
        ? { related: [{ offset: other.offset, end: other.end, message: say`The response types` }] }
        : {}),
    });
  },
  fix: (document) =>
    listedGrants(document)?.has(CODE)
      ? adding(document, "response_types", "code")
      : adding(document, "grant_types", CODE),
});
