import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { cimd, cimd03, ianaClientMetadata, rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { closest } from "../closest.js";
import { removeItem, replaceString } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";
import { keyRules } from "./keys.js";
import { METHODS, SHARED_SECRET, writtenMethods } from "./methods.js";
import { presenceRules } from "./presence.js";

/** What people write for a method that has another name. */
const ALIASES = table<string>({
  public: "none",
  no_auth: "none",
  pkce: "none",
  jwt: "private_key_jwt",
  private_key: "private_key_jwt",
  mtls: "tls_client_auth",
});

const sharedSecret = defineRule({
  id: "auth-method/shared-secret",
  severity: "error",
  title: "The token endpoint authentication method needs no shared secret",
  why: "The document is public, so there is no secret the client and the server could share; servers refuse the document.",
  sources: [cimd("4.1")],
  bad: [
    '"token_endpoint_auth_method": «"client_secret_basic"»',
    '"token_endpoint_auth_method": «"client_secret_post"»',
    '"token_endpoint_auth_method": «"client_secret_jwt"»',
  ],
  good: ['"token_endpoint_auth_method": "none"'],
  check(document, report) {
    const node = document.string("token_endpoint_auth_method");
    if (!node || !SHARED_SECRET.has(node.value)) return;
    report({
      at: node,
      pointer: "/token_endpoint_auth_method",
      message: say`\`${node.value}\` needs a shared secret, and a public document cannot have one (CIMD draft-02 §4.1). Use none, or private_key_jwt with a key.`,
    });
  },
  fix(document) {
    const node = document.string("token_endpoint_auth_method");
    if (!node) return [];
    const keys = document.has("jwks") || document.has("jwks_uri");
    const best = keys ? "private_key_jwt" : "none";
    return [{ title: say`Use ${best}`, edits: [replaceString(node, best)], preferred: true }];
  },
});

const sharedSecretSupported = defineRule({
  id: "auth-method/shared-secret-supported",
  severity: "error",
  title: "No supported method needs a shared secret",
  why: "CIMD draft-03 forbids shared secrets in the list as well: a server could pick one that cannot work.",
  sources: [cimd03("4.1"), cimd("4.1")],
  bad: ['"token_endpoint_auth_methods_supported": ["none", «"client_secret_post"»]'],
  good: ['"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    for (const { index, node } of document.strings("token_endpoint_auth_methods_supported")) {
      if (!SHARED_SECRET.has(node.value)) continue;
      report({
        at: node,
        pointer: jsonPointer("token_endpoint_auth_methods_supported", index),
        message: say`\`${node.value}\` needs a shared secret, and a public document cannot have one (CIMD draft-03 §4.1). Delete it from the list.`,
      });
    }
  },
  fix(document, { offset }) {
    const list = document.array("token_endpoint_auth_methods_supported");
    const item = list?.items.find((node) => node.offset === offset);
    return list && item && list.items.length > 1
      ? [
          {
            title: say`Delete it from the list`,
            edits: [removeItem(document, list.items, item)],
            preferred: true,
          },
        ]
      : [];
  },
});

/** The registered method a value most likely means. */
function meant(value: string): string | undefined {
  const folded = value.trim().toLowerCase().replaceAll("-", "_");
  return ALIASES.get(folded) ?? (METHODS.includes(folded) ? folded : closest(folded, METHODS, 2));
}

const unknown = defineRule({
  id: "auth-method/unknown",
  severity: "warning",
  title: "The token endpoint authentication method is registered",
  why: "Servers refuse a method they do not know; an extension's method is written as an absolute URI.",
  sources: [rfc(7591, "4.2"), ianaClientMetadata],
  bad: [
    '"token_endpoint_auth_method": «"private-key-jwt"»',
    '"token_endpoint_auth_method": «"public"»',
    '"token_endpoint_auth_methods_supported": ["none", «"pkce"»]',
  ],
  good: [
    '"token_endpoint_auth_method": "none"',
    '"token_endpoint_auth_methods_supported": ["none", "urn:acme:auth"]',
  ],
  check(document, report) {
    for (const { node, pointer } of writtenMethods(document)) {
      const { value } = node;
      if (METHODS.includes(value) || METHODS.includes(value.toLowerCase()) || value.includes(":")) continue;
      // White space and the empty string have rules of their own.
      if (value.trim() !== value || value === "") continue;
      const guess = meant(value);
      report({
        at: node,
        pointer,
        message: say`${JSON.stringify(value.slice(0, 60))} is not a registered token endpoint authentication method (RFC 7591 §4.2), and servers refuse what they do not know. ${guess === undefined ? say`Use none or private_key_jwt.` : say`Did you mean ${guess}?`}`,
        data: guess,
      });
    }
  },
  fix(document, { offset, data }) {
    const found = writtenMethods(document).find(({ node }) => node.offset === offset);
    return found && typeof data === "string"
      ? [{ title: say`Use ${data}`, edits: [replaceString(found.node, data)], preferred: true }]
      : [];
  },
});

const letterCase = defineRule({
  id: "auth-method/case",
  severity: "error",
  title: "The token endpoint authentication method is in lower case",
  why: "The values are case-sensitive: `None` is not `none`, and servers refuse it.",
  sources: [rfc(7591, "2"), ianaClientMetadata],
  bad: ['"token_endpoint_auth_method": «"None"»', '"token_endpoint_auth_methods_supported": [«"NONE"»]'],
  good: ['"token_endpoint_auth_method": "none"'],
  check(document, report) {
    for (const { node, pointer } of writtenMethods(document)) {
      const lower = node.value.toLowerCase();
      if (lower === node.value || !METHODS.includes(lower)) continue;
      report({
        at: node,
        pointer,
        message: say`Token endpoint authentication methods are case-sensitive (RFC 7591 §2), and servers refuse this one. Write ${lower}.`,
      });
    }
  },
  fix(document, { offset }) {
    const found = writtenMethods(document).find(({ node }) => node.offset === offset);
    if (!found) return [];
    const lower = found.node.value.toLowerCase();
    return [{ title: say`Use ${lower}`, edits: [replaceString(found.node, lower)], preferred: true }];
  },
});

export const methodRules: readonly Rule[] = [
  sharedSecret,
  sharedSecretSupported,
  unknown,
  letterCase,
  ...presenceRules,
  ...keyRules,
];
