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
  return document
    .string("scope")
    ?.value.split(" ")
    .filter((value) => value !== "");
}
