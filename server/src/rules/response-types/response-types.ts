import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { RESPONSE_TYPES } from "../../metadata/rfc7591.js";
import { multipleResponseTypes, rfc } from "../../specifications/sources.js";
import { closest } from "../closest.js";
import { duplicateRule } from "../duplicates.js";
import { replaceString } from "../edits.js";
import { adding, CODE, grantsOf, listedGrants, listedResponseTypes, useCode } from "../grant-types/grants.js";
import { memberTypeRule } from "../memberTypeRule.js";
import { defineRule, type Rule } from "../rule.js";

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

function sorted(value: string): string {
  return value.split(" ").sort().join(" ");
}

const KNOWN: ReadonlySet<string> = new Set(RESPONSE_TYPES.map(({ value }) => sorted(value)));

/** The response type a word most likely means. */
function meant(value: string): string | undefined {
  const folded = value
    .trim()
    .toLowerCase()
    .replaceAll(/[,+ ]+/g, " ");
  if (folded === "authorization_code" || folded === "auth_code") return "code";
  if (KNOWN.has(sorted(folded))) return folded;
  return closest(folded, ["code", "id_token"], 1);
}

export const unknown = defineRule({
  id: "response-types/unknown",
  severity: "warning",
  sameAs: ["grant-types/implicit-mismatch", "response-types/token"],
  title: "Response types are registered",
  why: "Servers leave out a response type they do not know, or refuse the whole document; authorization_code is a grant type and its response type is code.",
  sources: [rfc(6749, "8.4"), multipleResponseTypes],
  bad: ['"response_types": ["code", «"authorization_code"»]', '"response_types": ["code", «"query"»]'],
  good: ['"response_types": ["code"]'],
  check(document, report) {
    for (const { index, node } of listedResponseTypes(document)) {
      const { value } = node;
      if (KNOWN.has(sorted(value)) || value === "" || value.trim() !== value) continue;
      const guess = meant(value);
      report({
        at: node,
        pointer: jsonPointer("response_types", index),
        message: say`${JSON.stringify(value.slice(0, 40))} is no registered response type (RFC 6749 §8.4). ${guess ? say`Did you mean ${guess}?` : say`Use code.`}`,
        data: guess,
      });
    }
  },
  fix(document, { offset, data }) {
    const items = listedResponseTypes(document);
    const found = items.find(({ node }) => node.offset === offset);
    return found && typeof data === "string" && !items.some(({ node }) => node.value === data)
      ? [{ title: say`Use ${data}`, edits: [replaceString(found.node, data)], preferred: true }]
      : [];
  },
});

const token = defineRule({
  id: "response-types/token",
  severity: "warning",
  title: "Redirects carry no access token",
  why: "A token in the browser's address leaks through history, logs and other pages; the code flow with PKCE does the same safely.",
  sources: [rfc(9700, "2.1.2")],
  bad: [
    '={"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "response_types": ["code", «"code token"»]}',
  ],
  good: ['"response_types": ["code"]'],
  check(document, report) {
    // A list of grants without implicit contradicts the type, and `grant-types/implicit-mismatch` says so.
    const grants = listedGrants(document);
    if (grants && !grants.has("implicit")) return;
    for (const { index, node, words } of listedResponseTypes(document)) {
      if (!words.includes("token")) continue;
      report({
        at: node,
        pointer: jsonPointer("response_types", index),
        message: say`Clients should not ask for an access token in the redirect, where it leaks (RFC 9700 §2.1.2). Use code.`,
        tags: ["deprecated"],
      });
    }
  },
  fix: useCode,
});

const missing = defineRule({
  id: "response-types/missing",
  severity: "information",
  title: "The response types are written down",
  why: "When they are left out, they mean code (RFC 7591 §2), but some servers want them written out.",
  sources: [rfc(7591, "2")],
  portability: { message: "Some servers require `response_types`. Add code." },
  bad: ['"response_types": «null»'],
  good: ['"response_types": ["code"]'],
});

const duplicate = duplicateRule({
  id: "response-types/duplicate",
  title: "Every response type appears once",
  why: "The list is a set; a second copy changes nothing.",
  sources: [rfc(7591, "2")],
  member: "response_types",
  example: ["code", "none"],
});

export const type = memberTypeRule({
  id: "response-types/type",
  member: "response_types",
  noun: "an array of strings",
  wrong: '"code"',
  right: '["code"]',
  source: rfc(7591, "2"),
});

/** Rules about the items of `response_types` and `response_modes`. */
export const responseTypeRules: readonly Rule[] = [emptyWithCode, unknown, token, missing, duplicate];
