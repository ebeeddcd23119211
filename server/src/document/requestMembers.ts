import type { ClientMetadataDocument } from "./clientMetadataDocument.js";

/**
 * The token endpoint authentication methods a client with this document can use, the one it prefers first. Without both
 * members it is a public client (OAuth Client ID Metadata Document -03 §6).
 */
export function documentMethods(document: ClientMetadataDocument): readonly string[] {
  const preferred = document.string("token_endpoint_auth_method")?.value;
  const others = document.strings("token_endpoint_auth_methods_supported").map(({ node }) => node.value);
  const methods = new Set([...(preferred === undefined ? [] : [preferred]), ...others]);
  return methods.size === 0 ? ["none"] : [...methods];
}

/** The words of the document's `scope`, or undefined where it has none. */
export function documentScopes(document: ClientMetadataDocument): readonly string[] | undefined {
  const scope = document.string("scope")?.value;
  return scope === undefined ? undefined : spaceSeparated(scope);
}

/** The words of a list such as `scope` (RFC 6749 §3.3). */
export function spaceSeparated(list: string): string[] {
  return list.split(" ").filter((word) => word !== "");
}
