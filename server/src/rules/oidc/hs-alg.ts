import { say } from "../../localisation/say.js";
import { cimd, oidcCore } from "../../specifications/sources.js";
import { isSymmetric } from "../jwks/algorithms.js";
import { defineRule } from "../rule.js";
import { CHOICES } from "./choices.js";

/** Members that name an algorithm, `token_endpoint_auth_signing_alg` left to its own rules. */
const ALGORITHM_MEMBERS: readonly string[] = CHOICES.map(([singular]) => singular).filter(
  (name) => name.endsWith("_alg") && name !== "token_endpoint_auth_signing_alg",
);

export const hsAlg = defineRule({
  id: "oidc/hs-alg",
  severity: "error",
  title: "No algorithm needs a shared secret",
  why: "HS256, A128KW, dir and their like work with the client secret, and a client known by a public document has none.",
  sources: [cimd("4.1"), oidcCore("10.1", "Signing"), oidcCore("10.2", "Encryption")],
  bad: ['"id_token_signed_response_alg": «"HS256"»', '"userinfo_encrypted_response_alg": «"dir"»'],
  good: ['"id_token_signed_response_alg": "RS256"'],
  check(document, report) {
    for (const name of ALGORITHM_MEMBERS) {
      const node = document.string(name);
      if (!node || !isSymmetric(node.value)) continue;
      report({
        at: node,
        pointer: `/${name}`,
        message: name.includes("encr")
          ? say`\`${node.value}\` works with a client secret, and a public document cannot have one (CIMD draft-03 §4.1). Use RSA-OAEP-256 or ECDH-ES.`
          : say`\`${node.value}\` works with a client secret, and a public document cannot have one (CIMD draft-03 §4.1). Use RS256 or ES256.`,
      });
    }
  },
});
