import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { memoize } from "../document/memoize.js";
import type { JsonNode, StringNode } from "../document/syntaxTree.js";

/** A string of the document that one of the rules about any value has to look at. */
export interface SuspectString {
  readonly node: StringNode;
  /** The member of the document it stands in. */
  readonly name: string;
  /** RFC 6901. */
  readonly pointer: string;
  /** True when it is the member's value or an item of its array, and not further inside. */
  readonly direct: boolean;
}

/** The member whose keys are supposed to look random, and are many. */
const KEY_SET = "jwks";

/**
 * A part of everything that templates and documentation leave (`TEMPLATES`, `EXAMPLE_HOST`), and the beginnings of
 * well-known credentials (`CREDENTIALS`). Most strings fail this one test, and the rules that know more are not asked.
 */
const SUSPECT =
  /your|change|replace|todo|example|[<{%]|__|gh[pousr]_|github_pat_|glpat-|sk-|akia|asia|xox|aiza/i;

/** Whether a text is empty, has white space at an end, or matches {@link SUSPECT}. */
export function isSuspect(text: string): boolean {
  return text === "" || text.trim() !== text || SUSPECT.test(text);
}

/** The strings that {@link isSuspect} names, in text order; those inside a key set are left out. */
export const suspectStrings = memoize(findSuspects);

function findSuspects(document: ClientMetadataDocument): readonly SuspectString[] {
  const found: SuspectString[] = [];
  /** Names and indices from the root to the node. */
  const path: (string | number)[] = [];
  const visit = (node: JsonNode, segment: string | number): void => {
    path.push(segment);
    if (node.type === "string") {
      if (isSuspect(node.value)) {
        const direct = path.length === 1 || (path.length === 2 && typeof segment === "number");
        found.push({ node, name: path[0] as string, pointer: jsonPointer(...path), direct });
      }
    } else if (node.type === "array") {
      for (let index = 0; index < node.items.length; index++) visit(node.items[index] as JsonNode, index);
    } else if (node.type === "object" && !(path.length === 1 && segment === KEY_SET)) {
      for (const { key, value } of node.members) if (value) visit(value, key.value);
    }
    path.pop();
  };
  for (const { key, value } of document.object?.members ?? []) if (value) visit(value, key.value);
  return found;
}
