import { rfc } from "../../specifications/sources.js";
import { foreignRule } from "./foreignRule.js";

export const asMetadata = foreignRule({
  id: "unknown-field/as-metadata",
  title: "The client's document does not describe the server",
  why: "Names such as scopes_supported and code_challenge_methods_supported are what a server says of itself; here they have no effect.",
  sources: [rfc(8414, "2"), rfc(7591, "2")],
  document: "authorization server metadata",
  example: "code_challenge_methods_supported",
  neighbour: "token_endpoint_auth_signing_alg_values_supported",
});
