import type { ClientMetadataDocument } from "./clientMetadataDocument.js";
import type { JsonNode, ObjectNode } from "./syntaxTree.js";

/**
 * Finds the place of a JSON pointer in the text. A member that is not there leads to its parent; an object or the
 * document as a whole is shown by its first character, so that no problem underlines the whole file.
 *
 * @param pointer RFC 6901
 */
export function locate(document: ClientMetadataDocument, pointer: string): { offset: number; end: number } {
  let node: JsonNode | undefined = document.root;
  let place = document.root;
  for (const token of pointer === "" ? [] : pointer.slice(1).split("/")) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (node?.type === "object")
      node = node === document.object ? document.value(name) : memberOf(node, name);
    else if (node?.type === "array") node = node.items[Number(name)];
    else node = undefined;
    if (!node) break;
    place = node;
  }
  if (!place) return { offset: 0, end: Math.min(1, document.text.length) };
  if (place.type === "object" || (place.type === "array" && place === document.root)) return startOf(place);
  return { offset: place.offset, end: place.end };
}

/** The value of an object's member; the last of several with one name counts, as in `JSON.parse`. */
export function memberOf(node: ObjectNode, name: string): JsonNode | undefined {
  return node.members.findLast((member) => member.key.value === name)?.value;
}

/** The opening character of a node. */
export function startOf(node: { readonly offset: number; readonly end: number }): {
  offset: number;
  end: number;
} {
  return { offset: node.offset, end: Math.min(node.offset + 1, node.end) };
}
