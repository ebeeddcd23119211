import { say } from "../../localisation/say.js";
import { CLIENT_METADATA, rfc } from "../../specifications/sources.js";
import { listedResponseTypes } from "../grant-types/grants.js";
import { defineRule } from "../rule.js";

export const idTokenAlgNone = defineRule({
  id: "oidc/id-token-alg-none",
  severity: "information",
  title: "ID tokens are signed",
  why: "none is allowed only when every ID token comes from the token endpoint; in the redirect anybody could write one.",
  sources: [CLIENT_METADATA, rfc(8725, "3.2")],
  bad: [
    '"id_token_signed_response_alg": «"none"»',
    '"id_token_signed_response_alg": «"none"», "response_types": ["code", "vp_token id_token"]',
  ],
  good: ['"id_token_signed_response_alg": "RS256"'],
  check(document, report) {
    const node = document.string("id_token_signed_response_alg");
    if (node?.value !== "none") return;
    const front = listedResponseTypes(document).some(({ words }) => words.includes("id_token"));
    report({
      at: node,
      pointer: "/id_token_signed_response_alg",
      ...(front ? { severity: "error" as const } : {}),
      message: front
        ? say`With a response type that has id_token, ID tokens must be signed (OpenID Connect Registration §2). Use RS256.`
        : say`Unsigned ID tokens are allowed only with the code flow, and many servers do not offer them (OpenID Connect Registration §2). RS256 works everywhere.`,
    });
  },
});

export const idTokenAlg = defineRule({
  id: "oidc/id-token-alg",
  severity: "information",
  title: "The server signs ID tokens with this algorithm",
  why: "Every OpenID provider signs with RS256; anything else is each server's business.",
  sources: [CLIENT_METADATA],
  portability: {
    message: "Some servers do not sign ID tokens with this algorithm. Use RS256, or leave the member out.",
  },
  bad: ['"id_token_signed_response_alg": «"ES512"»'],
  good: ['"client_name": "Acme"'],
});
