import { say } from "../../localisation/say.js";
import { cimd, oidcCore, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { findMethod, hasKeys } from "./methods.js";

export const privateKeyJwtNoKeys = defineRule({
  id: "auth-method/private-key-jwt-no-keys",
  severity: "error",
  title: "private_key_jwt comes with public keys",
  why: "The server checks the client's signature with a public key that it finds through the document; without one no sign-in can be finished.",
  sources: [cimd("9.2"), oidcCore("9", "ClientAuthentication")],
  bad: [
    '"token_endpoint_auth_method": «"private_key_jwt"»',
    '"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["none", «"private_key_jwt"»]',
  ],
  good: [
    '"token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
    '"token_endpoint_auth_method": "none"',
  ],
  check(document, report) {
    if (!document.complete || hasKeys(document)) return;
    const found = findMethod(document, "private_key_jwt");
    if (!found) return;
    report({
      at: found.node,
      pointer: found.pointer,
      message: say`\`private_key_jwt\` needs a public key that servers can find (CIMD draft-03 §9.2). Add \`jwks_uri\` (or \`jwks\`), or use none.`,
    });
  },
});

export const privateKeyJwtSupport = defineRule({
  id: "auth-method/private-key-jwt-support",
  severity: "information",
  title: "The server accepts clients with a key of their own",
  why: "Some servers accept only public clients from metadata documents and refuse one that wants to authenticate with a key.",
  sources: [rfc(7523, "2.2"), cimd("4.1")],
  portability: { message: "Some servers accept only public clients. Use none for their users." },
  bad: ['"token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json"'],
  good: ['"token_endpoint_auth_method": "none"'],
});
