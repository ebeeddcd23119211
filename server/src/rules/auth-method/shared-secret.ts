import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { cimd, cimd03 } from "../../specifications/sources.js";
import { removeItem, replaceString } from "../edits.js";
import { defineRule } from "../rule.js";
import { CLAIMS, HEADER, statement } from "../software-statement/statement.js";

export const sharedSecret = defineRule({
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
    if (!node || !SHARED_SECRET_METHODS.has(node.value)) return;
    report({
      at: node,
      pointer: "/token_endpoint_auth_method",
      message: say`\`${node.value}\` needs a shared secret, and a public document cannot have one (CIMD draft-03 §4.1). Use none, or private_key_jwt with a key.`,
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

export const sharedSecretSupported = defineRule({
  id: "auth-method/shared-secret-supported",
  severity: "error",
  title: "No supported method needs a shared secret",
  why: "CIMD draft-03 forbids shared secrets in the list as well: a server could pick one that cannot work.",
  sources: [cimd03("4.1"), cimd("4.1")],
  bad: ['"token_endpoint_auth_methods_supported": ["none", «"client_secret_post"»]'],
  good: ['"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    for (const { index, node } of document.strings("token_endpoint_auth_methods_supported")) {
      if (!SHARED_SECRET_METHODS.has(node.value)) continue;
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

const SECRET_CLAIMS = ["client_secret", "client_secret_expires_at"];

/** The name of a claim that no metadata document may have, or undefined. */
function barredClaim(claims: Readonly<Record<string, unknown>>): string | undefined {
  const method = claims["token_endpoint_auth_method"];
  if (typeof method === "string" && SHARED_SECRET_METHODS.has(method)) return "token_endpoint_auth_method";
  const methods = claims["token_endpoint_auth_methods_supported"];
  if (Array.isArray(methods) && methods.some((item) => SHARED_SECRET_METHODS.has(item)))
    return "token_endpoint_auth_methods_supported";
  return SECRET_CLAIMS.find((name) => Object.hasOwn(claims, name));
}

export const sharedSecretStatement = defineRule({
  id: "auth-method/shared-secret-statement",
  severity: "error",
  title: "The software statement has no shared secret",
  why: "The statement takes precedence over the members of the document, and it is as public as the document.",
  sources: [cimd03("4.1"), cimd("4.3")],
  bad: [`"software_statement": «"${HEADER}.eyJjbGllbnRfc2VjcmV0IjoiMG1aMnhXOXEifQ.c2ln"»`],
  good: [`"software_statement": "${HEADER}.${CLAIMS}.c2ln"`],
  check(document, report) {
    const node = document.string("software_statement");
    const claims = statement(document)?.claims;
    const barred = claims && barredClaim(claims);
    if (!node || barred === undefined) return;
    report({
      at: node,
      pointer: "/software_statement",
      message: say`The statement's claim \`${barred}\` rests on a shared secret, which a public document cannot have (CIMD draft-03 §4.1). Ask for another statement.`,
    });
  },
});
