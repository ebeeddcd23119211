import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { AUTH_METHODS } from "../../metadata/authMethods.js";

/** Every method that has a name. */
export const METHODS: readonly string[] = AUTH_METHODS.map(({ value }) => value);

/** A method as written, with its place. */
export interface WrittenMethod {
  readonly node: StringNode;
  readonly pointer: string;
}

/** The method of `token_endpoint_auth_method` and those of `token_endpoint_auth_methods_supported`, in this order. */
export function writtenMethods(document: ClientMetadataDocument): readonly WrittenMethod[] {
  const singular = document.string("token_endpoint_auth_method");
  return [
    ...(singular ? [{ node: singular, pointer: "/token_endpoint_auth_method" }] : []),
    ...document.strings("token_endpoint_auth_methods_supported").map(({ index, node }) => ({
      node,
      pointer: jsonPointer("token_endpoint_auth_methods_supported", index),
    })),
  ];
}

/** The first place where the document names a method, or undefined. */
export function findMethod(document: ClientMetadataDocument, method: string): WrittenMethod | undefined {
  return writtenMethods(document).find(({ node }) => node.value === method);
}

/** True when the document names methods and all of them are `none`: a public client (RFC 6749 §2.1). */
export function isPublicClient(document: ClientMetadataDocument): boolean {
  const methods = writtenMethods(document);
  return methods.length > 0 && methods.every(({ node }) => node.value === "none");
}

/** True when the document says where the client's public keys are, or holds them. */
export function hasKeys(document: ClientMetadataDocument): boolean {
  return document.has("jwks") || document.has("jwks_uri");
}

/** The member that names one method, and the one that lists several. */
export const SINGULAR = "token_endpoint_auth_method";
export const PLURAL = "token_endpoint_auth_methods_supported";
