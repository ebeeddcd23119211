import type { JsonNode } from "./syntaxTree.js";

/** A JSON value as parsers hand it over; objects have no prototype, so `__proto__` is a name like any other. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/**
 * The plain value of a node. The last of several members with one name wins; unreadable values are left out
 * of objects and stand as null in arrays.
 *
 * @param node a node of a tree no deeper than the parser's limit
 */
export function jsonValue(node: JsonNode): JsonValue {
  switch (node.type) {
    case "object": {
      const object = Object.create(null) as { [name: string]: JsonValue };
      for (const member of node.members) {
        if (member.value && member.value.type !== "invalid")
          object[member.key.value] = jsonValue(member.value);
      }
      return object;
    }
    case "array":
      return node.items.map(jsonValue);
    case "string":
    case "number":
    case "boolean":
      return node.value;
    default:
      return null;
  }
}
