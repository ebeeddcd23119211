import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { oidcRegistration, rfc } from "../../specifications/sources.js";
import { addItem, addMember } from "../edits.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { CODE, grantsOf, listedGrants, listedResponseTypes, useCode } from "./grants.js";

const CLIENT_METADATA = oidcRegistration("2", "ClientMetadata");

/** Adds an item to a list, or the list with it. */
function adding(
  document: ClientMetadataDocument,
  member: string,
  value: string,
  others: readonly string[] = [],
): readonly Fix[] {
  const list = document.array(member);
  const edit = list ? addItem(document, list, value) : addMember(document, member, [...others, value]);
  return edit ? [{ title: say`Add ${value} to ${member}`, edits: [edit], preferred: true }] : [];
}

const codeMismatch = defineRule({
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

const implicitMismatch = defineRule({
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

const emptyWithCode = defineRule({
  id: "response-types/empty-with-code",
  severity: "error",
  title: "A client with authorization_code has a response type",
  why: "An empty list says that the client never asks the authorization endpoint for anything; servers then refuse its sign-ins.",
  sources: [rfc(7591, "2.1")],
  bad: ['"grant_types": ["authorization_code", "refresh_token"], "response_types": «[]»'],
  good: [
    '"response_types": ["code"]',
    '"grant_types": ["client_credentials"], "response_types": [], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const list = document.array("response_types");
    if (!list?.closed || list.items.length > 0 || !grantsOf(document).has(CODE)) return;
    report({
      at: list,
      pointer: "/response_types",
      message: say`The list is empty, and authorization_code needs code (RFC 7591 §2.1). Add code, or delete the member: code is the default.`,
    });
  },
  fix: (document) => adding(document, "response_types", "code"),
});

/** Rules about `grant_types` and `response_types` together (the table of RFC 7591 §2.1). */
export const correspondenceRules: readonly Rule[] = [codeMismatch, implicitMismatch, emptyWithCode];
