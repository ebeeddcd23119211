import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { addItem, addMember } from "../edits.js";
import type { Fix, Report } from "../rule.js";

type Reporter = (found: Report) => void;

/** Reports a member that the profile requires, at the start of the document. */
export function requireMember(
  document: ClientMetadataDocument,
  report: Reporter,
  name: string,
  value: string,
): boolean {
  if (!document.object || document.has(name)) return false;
  if (document.complete) {
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The atproto profile requires \`${name}\`. Add it: ${value}.`,
    });
  }
  return true;
}

/** The fix that adds a required member, or an item to its list. */
export function add(
  document: ClientMetadataDocument,
  name: string,
  item: string,
  value: unknown,
): readonly Fix[] {
  const list = document.array(name);
  const edit = list ? addItem(document, list, item) : addMember(document, name, value);
  return edit ? [{ title: list ? say`Add ${item}` : say`Add ${name}`, edits: [edit], preferred: true }] : [];
}
