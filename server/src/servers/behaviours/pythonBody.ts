import { type ClientMetadataDocument, MAX_ENTRIES } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
import type { JsonNode } from "../../document/syntaxTree.js";
import { loads, MAX_INTEGER_DIGITS, type PythonJson, type PythonValue } from "./pythonJson.js";

/**
 * Python's `json.loads` on the bytes of a document. Where the text is JSON without any fault, the syntax tree has the
 * values already, of lists the first {@link MAX_ENTRIES}; else it is read again, as Python reads it.
 */
export const pythonBody = memoize(({ root, faults, text }: ClientMetadataDocument): PythonJson => {
  const value = root && faults.length === 0 ? pythonValue(root) : undefined;
  return value === undefined ? loads(text) : { value };
});

/** @returns undefined for what only `loads` can judge: a number that Python may find too long */
function pythonValue(node: JsonNode): PythonValue | undefined {
  switch (node.type) {
    case "string":
    case "boolean":
      return node.value;
    case "number":
      return node.end - node.offset > MAX_INTEGER_DIGITS ? undefined : node.value;
    case "null":
      return null;
    case "array": {
      const items: PythonValue[] = [];
      for (const item of node.items.slice(0, MAX_ENTRIES)) {
        const value = pythonValue(item);
        if (value === undefined) return undefined;
        items.push(value);
      }
      return items;
    }
    case "object": {
      const members = new Map<string, PythonValue>();
      for (const member of node.members) {
        const value = member.value && pythonValue(member.value);
        if (value === undefined) return undefined;
        members.set(member.key.value, value);
      }
      return members;
    }
    case "invalid":
      return undefined;
  }
}
