import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findMethod } from "../auth-method/methods.js";
import { defineRule } from "../rule.js";
import { KEYS, METHOD } from "./examples.js";
import { keyArray } from "./keySet.js";

export const empty = defineRule({
  id: "jwks/empty",
  severity: "information",
  title: "The key set has keys",
  why: "With private_key_jwt a server needs a key to check the signature with; an empty set has none.",
  sources: [cimd("9.2"), rfc(7517, "5")],
  bad: [
    `${METHOD}, "jwks": {"keys": «[]»}`,
    '"token_endpoint_auth_method": "none", "jwks": {"keys": «[]»}, "request_object_signing_alg": "ES256"',
  ],
  good: [`${METHOD}, "jwks": ${KEYS}`],
  check(document, report) {
    const keys = keyArray(document);
    if (!keys?.closed || keys.items.length > 0) return;
    const needed = findMethod(document, "private_key_jwt") !== undefined;
    report({
      at: keys,
      pointer: "/jwks",
      ...(needed ? { severity: "error" as const } : {}),
      message: needed
        ? say`\`private_key_jwt\` needs a public key, and the key set is empty (CIMD draft-03 §9.2). Add the key, or use \`jwks_uri\`.`
        : say`The key set is empty and has no effect. Add a key, or delete \`jwks\`.`,
    });
  },
});
