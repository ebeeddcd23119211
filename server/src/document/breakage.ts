import { say } from "../localisation/say.js";
import { type ClientMetadataDocument, MAX_BYTES } from "./clientMetadataDocument.js";
import type { Range } from "./lineIndex.js";

/** Faults after which the tolerant reader may have lost members, so that a view drawn from what is left would mislead. */
const BREAKING = new Set(["json-syntax", "too-deep", "invalid-string"]);

/**
 * Why a text cannot be read as a document right now, for views that show what is made of one.
 *
 * @returns undefined for a text that can be read as a JSON object
 */
export function breakage(document: ClientMetadataDocument): { message: string; place: Range } | undefined {
  if (document.tooLarge) {
    return {
      message: say`The document has more than ${MAX_BYTES.toLocaleString("en-US")} bytes, which no known server reads (CIMD draft-03 §9.7). Move keys to jwks_uri, or drop translations and contacts.`,
      place: document.range({ offset: 0, end: 1 }),
    };
  }
  const faults = document.faults.filter(({ kind }) => BREAKING.has(kind));
  // That the whole is not closed is said at its first character, and is mostly the echo of a mistake further down.
  const fault = faults.find(({ offset }) => offset !== document.root?.offset) ?? faults[0];
  if (fault) return { message: fault.message, place: document.range(fault) };
  if (document.object) return undefined;
  return {
    message: say`A client metadata document is a JSON object. Start with \`{\`.`,
    place: document.range({ offset: 0, end: Math.min(1, document.text.length) }),
  };
}
