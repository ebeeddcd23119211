import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const keys = serverRule({
  id: "atproto/keys",
  title: "Clients that sign publish at least one key",
  why: "atproto servers check the signature with a key that the document names or holds.",
  sameAs: ["auth-method/private-key-jwt-no-keys", "jwks/empty"],
  sentence: "atproto servers require at least one usable key with private_key_jwt. Add a public key.",
  bad: [
    atprotoExample(
      '"token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "jwks": {"keys": «[{"kty": "EC"}]»}',
    ),
  ],
  good: [atprotoExample("")],
});
