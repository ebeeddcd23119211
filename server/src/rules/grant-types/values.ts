import { audiencesOf } from "../../document/audiences.js";
import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { GRANT_TYPES } from "../../metadata/rfc7591.js";
import { mcp, oidcCore, rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { isPublicClient } from "../auth-method/methods.js";
import { closest } from "../closest.js";
import { duplicateRule } from "../duplicates.js";
import { addItem, removeItem, replaceString } from "../edits.js";
import type { Finding } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { CODE, grantsOf, listedGrants, withoutImplicitTypes } from "./grants.js";

const NAMES: readonly string[] = GRANT_TYPES.map(({ value }) => value);
const URN = "urn:ietf:params:oauth:grant-type:";

/** What people write for a grant that has another name. */
const ALIASES = table<string>({
  code: CODE,
  auth_code: CODE,
  authorization: CODE,
  pkce: CODE,
  refresh: "refresh_token",
  refresh_tokens: "refresh_token",
  client_credential: "client_credentials",
  device_code: `${URN}device_code`,
  device: `${URN}device_code`,
  device_flow: `${URN}device_code`,
  jwt_bearer: `${URN}jwt-bearer`,
  token_exchange: `${URN}token-exchange`,
  ciba: "urn:openid:params:grant-type:ciba",
});

/** The grant that a word most likely means. */
function meant(value: string): string | undefined {
  const folded = value
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[- ]/g, "_")
    .toLowerCase();
  if (ALIASES.has(folded)) return ALIASES.get(folded);
  return NAMES.includes(folded) ? folded : closest(folded, NAMES, 2);
}

function itemAt(document: ClientMetadataDocument, { offset }: Finding) {
  const list = document.array("grant_types");
  const item = list?.items.find((node) => node.offset === offset);
  return list && item?.type === "string" ? { list, item } : undefined;
}

/** Replaces a grant, or drops it when its replacement is in the list already. */
function replaceGrant(document: ClientMetadataDocument, finding: Finding, grant: string): readonly Fix[] {
  const found = itemAt(document, finding);
  if (!found) return [];
  return listedGrants(document)?.has(grant)
    ? [
        {
          title: say`Delete it from the list`,
          edits: [removeItem(document, found.list.items, found.item)],
          preferred: true,
        },
      ]
    : [{ title: say`Use ${grant}`, edits: [replaceString(found.item, grant)], preferred: true }];
}

const unknown = defineRule({
  id: "grant-types/unknown",
  severity: "warning",
  title: "Grant types are registered names or absolute URIs",
  why: "Servers leave out a grant they do not know, or refuse the whole document; a grant of an extension is written as its full URI.",
  sources: [rfc(7591, "2"), rfc(6749, "4.5")],
  bad: [
    '"grant_types": ["authorization_code", "refresh_token", «"device_code"»]',
    '"grant_types": ["authorization_code", «"refreshTokens"», "refresh_token"]',
    '"grant_types": ["authorization_code", "refresh_token", «"magic"»]',
  ],
  good: [
    '"grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"]',
    '"grant_types": ["authorization_code", "refresh_token", "https://acme.dev/grants/magic"]',
  ],
  check(document, report) {
    for (const { index, node } of document.strings("grant_types")) {
      const { value } = node;
      if (NAMES.includes(value) || value.includes(":") || value === "" || value.trim() !== value) continue;
      const guess = meant(value);
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`${JSON.stringify(value.slice(0, 40))} is neither a grant type of OAuth nor an absolute URI (RFC 7591 §2). ${guess ? say`Did you mean ${guess}?` : say`Use a known grant type.`}`,
        data: guess,
      });
    }
  },
  fix: (document, finding) =>
    typeof finding.data === "string" ? replaceGrant(document, finding, finding.data) : [],
});

const empty = defineRule({
  id: "grant-types/type",
  severity: "warning",
  sameAs: ["document/wrong-type", "document/null-value"],
  title: "The list of grant types is not empty",
  why: "An empty list says that the client may not get a token in any way; leaving the member out means authorization_code.",
  sources: [rfc(7591, "2")],
  bad: ['"grant_types": «[]»'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const list = document.array("grant_types");
    if (!list?.closed || list.items.length > 0) return;
    report({
      at: list,
      pointer: "/grant_types",
      message: say`An empty list allows the client no way to get a token, while the member's absence means authorization_code (RFC 7591 §2). Name the grants.`,
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit = list && addItem(document, list, CODE);
    return edit ? [{ title: say`Add ${CODE}`, edits: [edit], preferred: true }] : [];
  },
});

const noRefresh = defineRule({
  id: "grant-types/no-refresh",
  severity: "hint",
  title: "Clients that want to stay signed in list refresh_token",
  why: "Without it a server may issue no refresh token, and people sign in again whenever the access token has expired.",
  sources: [mcp("client-registration"), rfc(7591, "2")],
  portability: {
    message:
      "Without refresh_token in `grant_types`, people sign in again whenever the access token expires. Add it.",
  },
  bad: ['"grant_types": «["authorization_code"]»'],
  good: [
    '"grant_types": ["authorization_code", "refresh_token"]',
    '"grant_types": ["client_credentials"], "response_types": [], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const list = document.array("grant_types");
    const grants = grantsOf(document);
    if (!list || !grants.has(CODE) || grants.has("refresh_token") || wantsOfflineAccess(document)) return;
    report({
      at: list,
      pointer: "/grant_types",
      // The conformance suite of MCP warns about it.
      severity: audiencesOf(document).includes("mcp") ? "information" : "hint",
      message: say`Without refresh_token people sign in again whenever the access token has expired. Clients that want to renew it should list it (MCP 2026-07-28).`,
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit =
      list && !listedGrants(document)?.has("refresh_token") && addItem(document, list, "refresh_token");
    return edit ? [{ title: say`Add refresh_token`, edits: [edit], preferred: true }] : [];
  },
});

function wantsOfflineAccess(document: ClientMetadataDocument): boolean {
  return document.string("scope")?.value.split(" ").includes("offline_access") ?? false;
}

const offlineAccess = defineRule({
  id: "grant-types/offline-access",
  severity: "warning",
  title: "offline_access comes with the refresh_token grant",
  why: "The scope asks for a refresh token, and without the grant the client may not use one.",
  sources: [oidcCore("11", "OfflineAccess"), mcp("client-registration")],
  bad: ['"scope": "openid offline_access", "grant_types": «["authorization_code"]»'],
  good: ['"scope": "openid offline_access", "grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const list = document.array("grant_types");
    const grants = listedGrants(document);
    const scope = document.string("scope");
    if (!list || !grants || !scope || grants.has("refresh_token") || !wantsOfflineAccess(document)) return;
    report({
      at: list,
      pointer: "/grant_types",
      message: say`The scope offline_access asks for a refresh token, which this list does not allow (OpenID Connect Core §11). Add refresh_token.`,
      related: [{ offset: scope.offset, end: scope.end, message: say`The scope` }],
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit = list && addItem(document, list, "refresh_token");
    return edit ? [{ title: say`Add refresh_token`, edits: [edit], preferred: true }] : [];
  },
});

const refreshOnly = defineRule({
  id: "grant-types/refresh-only",
  severity: "warning",
  title: "refresh_token comes with a grant that issues one",
  why: "A refresh token is the by-product of another grant; alone the client never gets one.",
  sources: [rfc(6749, "6"), rfc(7591, "2.1")],
  bad: ['"grant_types": [«"refresh_token"»], "response_types": []'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const listed = document.strings("grant_types");
    const [first] = listed;
    if (!first || listed.some(({ node }) => node.value !== "refresh_token")) return;
    // With a response type the two lists disagree, and `grant-types/code-mismatch` says so.
    if (document.strings("response_types").some(({ node }) => node.value === "code")) return;
    report({
      at: first.node,
      pointer: jsonPointer("grant_types", first.index),
      message: say`A refresh token comes from another grant, so this client never gets one (RFC 6749 §6). Add authorization_code.`,
    });
  },
});

const implicit = defineRule({
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

const password = defineRule({
  id: "grant-types/password",
  severity: "error",
  title: "The client does not use the password grant",
  why: "It hands people's passwords to the client; current advice forbids it without exception.",
  sources: [rfc(9700, "2.4")],
  bad: ['"grant_types": ["authorization_code", "refresh_token", «"password"»]'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    for (const { index, node } of document.strings("grant_types")) {
      if (node.value !== "password") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`The password grant must not be used: it hands people's passwords to the client (RFC 9700 §2.4). Use authorization_code.`,
        tags: ["deprecated"],
      });
    }
  },
  fix: (document, finding) => replaceGrant(document, finding, CODE),
});

const clientCredentialsPublic = defineRule({
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

const extra = defineRule({
  id: "grant-types/extra",
  severity: "information",
  sameAs: ["grant-types/unknown", "grant-types/implicit", "grant-types/password"],
  title: "The client uses authorization_code and refresh_token only",
  why: "Some servers leave out grants they do not offer to such clients; others refuse the whole document.",
  sources: [rfc(7591, "2")],
  portability: {
    message:
      "Some servers refuse a document that lists this grant. Leave it out if the client does not need it.",
  },
  bad: [
    '"grant_types": ["authorization_code", "refresh_token", «"urn:openid:params:grant-type:ciba"»], "backchannel_token_delivery_mode": "poll"',
  ],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
});

const missing = defineRule({
  id: "grant-types/missing",
  severity: "information",
  title: "The grant types are written down",
  why: "When they are left out, they mean authorization_code (RFC 7591 §2), but some servers want them written out.",
  sources: [rfc(7591, "2")],
  portability: { message: "Some servers require `grant_types`. Add authorization_code and refresh_token." },
  bad: ['"grant_types": «null»'],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
});

const duplicate = duplicateRule({
  id: "grant-types/duplicate",
  title: "Every grant type appears once",
  why: "The list is a set; a second copy changes nothing.",
  sources: [rfc(7591, "2")],
  member: "grant_types",
  example: [CODE, "refresh_token"],
});

/** Rules about the items of `grant_types`. */
export const grantValueRules: readonly Rule[] = [
  unknown,
  empty,
  noRefresh,
  offlineAccess,
  refreshOnly,
  implicit,
  password,
  clientCredentialsPublic,
  extra,
  missing,
  duplicate,
];
