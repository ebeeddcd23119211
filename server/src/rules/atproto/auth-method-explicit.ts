import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const authMethodExplicit = serverRule({
  id: "atproto/auth-method-explicit",
  title: "The token endpoint authentication method is written down",
  why: "atproto servers assume client_secret_basic when it is absent, which they do not offer.",
  sameAs: ["auth-method/missing", "auth-method/missing-singular"],
  sentence:
    "Without `token_endpoint_auth_method`, atproto servers assume a client secret. Add none, or private_key_jwt with keys.",
  bad: [atprotoExample("", ["token_endpoint_auth_method"]).replace("={", "=«{»")],
  good: [atprotoExample("")],
});
