import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { documentScopes } from "../../document/requestMembers.js";

/** Scopes that only atproto has: transitional ones, and those of its permission system. */
const OWN_SCOPES = /^(?:transition:|(?:repo|rpc|blob|account|identity|include)[:?])/;

/**
 * Whether a document says of itself that it is for the atproto profile of OAuth: by the scope `atproto` (the profile's
 * own declaration) or a `transition:` scope, or by another scope of atproto together with DPoP-bound tokens, which the
 * profile requires.
 *
 * Source: https://atproto.com/specs/oauth "Authorization Scopes"; https://atproto.com/specs/permission.
 */
export function declaresAtproto(document: ClientMetadataDocument): boolean {
  const scopes = documentScopes(document) ?? [];
  if (scopes.some((scope) => scope === "atproto" || scope.startsWith("transition:"))) return true;
  const flag = document.value("dpop_bound_access_tokens");
  return flag?.type === "boolean" && flag.value && scopes.some((scope) => OWN_SCOPES.test(scope));
}
