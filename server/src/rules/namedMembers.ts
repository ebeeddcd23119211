import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Member } from "../document/syntaxTree.js";
import type { Field } from "../metadata/field.js";
import { fieldByName, splitLanguageTag } from "../metadata/fields.js";

/** A member of the document, with what its name says. */
export interface NamedMember {
  readonly member: Member;
  /** Its name without a language tag. */
  readonly base: string;
  /** What stands behind the first `#` of its name, unchecked; undefined when there is none. */
  readonly tag: string | undefined;
  /** The field that it is; undefined for a name that is not client metadata. */
  readonly field: Field | undefined;
}

const seen = new WeakMap<ClientMetadataDocument, readonly NamedMember[]>();

/** The members of a document in text order, their names looked up once for all rules. */
export function namedMembers(document: ClientMetadataDocument): readonly NamedMember[] {
  let found = seen.get(document);
  if (!found) {
    found = (document.object?.members ?? []).map((member) => {
      const { base, tag } = splitLanguageTag(member.key.value);
      const field = fieldByName(base);
      // The field's own name instead of a copy of it: thousands of translations share it.
      return { member, base: field?.name ?? base, tag, field };
    });
    seen.set(document, found);
  }
  return found;
}
