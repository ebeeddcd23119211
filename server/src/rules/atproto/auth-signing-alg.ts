import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const authSigningAlg = serverRule({
  id: "atproto/auth-signing-alg",
  title: "Clients that sign name their algorithm, others do not",
  why: "The profile calls the member optional; the reference server wants it with private_key_jwt and refuses it with none.",
  sameAs: ["auth-signing-alg/missing", "auth-signing-alg/with-none", "auth-signing-alg/none"],
  sentence:
    "atproto servers require `token_endpoint_auth_signing_alg` with private_key_jwt, and accept it only there. Add or delete the member.",
  bad: [
    atprotoExample(
      '"token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json"',
    ),
  ],
  good: [atprotoExample("")],
});
