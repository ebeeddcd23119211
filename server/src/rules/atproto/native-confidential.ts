import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const nativeConfidential = serverRule({
  id: "atproto/native-confidential",
  title: "Native clients do not authenticate",
  why: "The profile lets an app with a backend be a confidential client; the reference server accepts native clients only with the method none.",
  sameAs: ["auth-method/public-native"],
  sentence:
    "atproto servers accept a native client only with the method none. Use none, or make it a web client.",
  bad: [
    atprotoExample(
      '"application_type": «"native"», "token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "jwks_uri": "https://app.acme.dev/jwks.json"',
    ),
  ],
  good: [atprotoExample("")],
});
