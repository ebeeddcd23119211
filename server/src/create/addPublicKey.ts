import { findNodeAtLocation, type JSONPath, type Node, parseTree } from "jsonc-parser";
import { say } from "../localisation/say.js";
import { changeJson, readObject } from "./changeJson.js";
import type { KeyPlace, SigningAlgorithm } from "./signingAlgorithms.js";
import { jwksUriBeside } from "./wizardAnswers.js";

/** A public JSON Web Key (RFC 7517). */
export type PublicKey = Readonly<Record<string, unknown>>;

/** A change that cannot be made, and what the person can do. */
export class KeyPlaceError extends Error {
  override readonly name = "KeyPlaceError";
}

/**
 * Where a document publishes its keys already. RFC 7591 §2 allows one of the two only.
 *
 * @param text a document that no recursive parser fails on (see `document/too-deep`)
 */
export function keyPlaceOf(text: string): KeyPlace | undefined {
  const tree = parseTree(text);
  const has = (name: string) => tree && findNodeAtLocation(tree, [name]) !== undefined;
  return has("jwks") ? "jwks" : has("jwks_uri") ? "jwks_uri" : undefined;
}

/**
 * Tells a document of a key: `private_key_jwt`, its algorithm, and the key itself or where the key set is. Keys that are
 * there stay, so that what was signed with them is still accepted.
 *
 * @param place where the key is published; the document's own place if it has one
 * @returns the document's new text
 * @throws {KeyPlaceError} when the document has no place for the key
 */
export function documentWithKey(
  text: string,
  publicKey: PublicKey,
  algorithm: SigningAlgorithm,
  place: KeyPlace,
): string {
  const tree = readObject(text);
  if (!tree)
    throw new KeyPlaceError(
      say`The document is not a JSON object, so no key can be added. Correct its syntax first.`,
    );
  let changed = changeJson(text, ["token_endpoint_auth_method"], "private_key_jwt");
  if (findNodeAtLocation(tree, ["token_endpoint_auth_methods_supported"]))
    changed = changeJson(changed, ["token_endpoint_auth_methods_supported"], ["private_key_jwt"]);
  changed = changeJson(changed, ["token_endpoint_auth_signing_alg"], algorithm);
  if (place === "jwks") return withKey(changed, publicKey, tree, ["jwks"]);
  if (findNodeAtLocation(tree, ["jwks_uri"])) return changed;
  const clientId = findNodeAtLocation(tree, ["client_id"])?.value;
  const jwksUri = typeof clientId === "string" ? jwksUriBeside(clientId) : undefined;
  if (jwksUri === undefined)
    throw new KeyPlaceError(
      say`jwks_uri follows client_id, which is not a URL yet. Fill in client_id first.`,
    );
  return changeJson(changed, ["jwks_uri"], jwksUri);
}

/**
 * Adds a key to a key set (RFC 7517 §5) behind those it has.
 *
 * @param text the key set as JSON; empty for a new one
 * @throws {KeyPlaceError} when the text is no key set
 */
export function keySetWithKey(text: string, publicKey: PublicKey): string {
  if (text.trim() === "") return `${JSON.stringify({ keys: [publicKey] }, null, 2)}\n`;
  const tree = readObject(text);
  if (!tree)
    throw new KeyPlaceError(
      say`jwks.json is not a JSON object, so no key can be added. Correct it or remove it first.`,
    );
  return withKey(text, publicKey, tree, []);
}

function withKey(text: string, publicKey: PublicKey, tree: Node, keySet: JSONPath): string {
  const present = findNodeAtLocation(tree, keySet);
  if (present === undefined) return changeJson(text, keySet, { keys: [publicKey] });
  const keys = findNodeAtLocation(tree, [...keySet, "keys"]);
  if (present.type !== "object" || (keys && keys.type !== "array"))
    throw new KeyPlaceError(say`The key set is not an object with a list "keys". Correct it first.`);
  if (!keys) return changeJson(text, [...keySet, "keys"], [publicKey]);
  const end = keys.children?.length ?? 0;
  return changeJson(text, [...keySet, "keys", end], publicKey, true);
}
