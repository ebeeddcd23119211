import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Member } from "../document/syntaxTree.js";
import { say } from "../localisation/say.js";
import { removeMember } from "./edits.js";
import type { Finding } from "./problem.js";
import type { Fix } from "./rule.js";

/** The member whose name a problem is reported at. */
export function memberNamedAt(
  { object }: ClientMetadataDocument,
  { offset }: Pick<Finding, "offset">,
): Member | undefined {
  return object?.members.find(({ key }) => key.offset === offset);
}

/** The member whose value a problem is reported at. */
export function memberValuedAt(
  { object }: ClientMetadataDocument,
  { offset }: Pick<Finding, "offset">,
): Member | undefined {
  return object?.members.find(({ value }) => value?.offset === offset);
}

/**
 * Offers to delete a member; nothing where there is none.
 *
 * @param more what else the fix says; its title is `Delete` and the member's name unless it names another
 */
export function deleteMember(
  document: ClientMetadataDocument,
  member: Member | undefined,
  { title, ...more }: Partial<Omit<Fix, "edits">> = {},
): readonly Fix[] {
  const { object } = document;
  if (!object || !member) return [];
  const edits = [removeMember(document, object, member)];
  return [{ title: title ?? say`Delete ${member.key.value}`, edits, ...more }];
}
