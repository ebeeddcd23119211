import { say } from "../../localisation/say.js";
import { ianaClientMetadata, rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { closest } from "../closest.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";
import { METHODS, writtenMethods } from "./methods.js";

/** What people write for a method that has another name. */
const ALIASES = table<string>({
  public: "none",
  no_auth: "none",
  pkce: "none",
  jwt: "private_key_jwt",
  private_key: "private_key_jwt",
  mtls: "tls_client_auth",
});

/** The registered method a value most likely means. */
function meant(value: string): string | undefined {
  const folded = value.trim().toLowerCase().replaceAll("-", "_");
  return ALIASES.get(folded) ?? (METHODS.includes(folded) ? folded : closest(folded, METHODS, 2));
}

export const unknown = defineRule({
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
