import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Range } from "../document/lineIndex.js";
import type { Member } from "../document/syntaxTree.js";
import { say } from "../localisation/say.js";
import { textEdits } from "./textEdits.js";

/**
 * The order in which published client metadata documents are usually written: who the client is, how people come back to
 * it, how it asks and authenticates, then its links and keys.
 */
export const USUAL_ORDER: readonly string[] = [
  "$schema",
  "client_id",
  "client_name",
  "client_uri",
  "logo_uri",
  "application_type",
  "redirect_uris",
  "post_logout_redirect_uris",
  "grant_types",
  "response_types",
  "scope",
  "token_endpoint_auth_method",
  "token_endpoint_auth_signing_alg",
  "jwks_uri",
  "jwks",
  "dpop_bound_access_tokens",
  "tos_uri",
  "policy_uri",
  "contacts",
  "software_id",
  "software_version",
  "software_statement",
];

const PLACE: ReadonlyMap<string, number> = new Map(USUAL_ORDER.map((name, place) => [name, place]));

/** What stands where is only certain in a text without these mistakes. */
const HARMLESS = new Set(["bom", "lone-surrogate"]);

export type Sorted =
  | { readonly edits: readonly { readonly range: Range; readonly newText: string }[] }
  /** Why nothing was sorted, as a sentence for people. */
  | { readonly refused: string };

/**
 * Puts a document's members into the usual order; a translated member (`client_name#de`) follows its field, and members
 * that have no usual place stay behind the others as they were. Values, white space and commas are kept as they are.
 *
 * @param text the document
 * @returns edits that do not overlap, none when the order is the usual one; or why the text cannot be sorted
 */
export function sortMembers(text: string): Sorted {
  const document = new ClientMetadataDocument(text);
  if (document.faults.some(({ kind }) => !HARMLESS.has(kind)))
    return {
      refused: say`The members cannot be sorted while the text is not valid JSON. Correct its errors first.`,
    };
  const { object } = document;
  if (!object)
    return {
      refused: say`Only the members of an object can be sorted, and this document is none. Start it with \`{\`.`,
    };
  // Sorting is stable, so members of one name keep their order and the last of them still counts.
  const sorted = [...object.members].sort((a, b) => placeOf(a) - placeOf(b));
  const edits = object.members.flatMap(({ offset, end }, index) => {
    const member = sorted[index];
    if (!member || member.offset === offset) return [];
    return [{ offset, end, newText: text.slice(member.offset, member.end) }];
  });
  return { edits: textEdits(document.lines, edits) };
}

function placeOf({ key }: Member): number {
  const [field = ""] = key.value.split("#", 1);
  return PLACE.get(field) ?? USUAL_ORDER.length;
}
