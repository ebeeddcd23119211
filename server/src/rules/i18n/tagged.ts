import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { Member } from "../../document/syntaxTree.js";
import type { Field } from "../../metadata/field.js";
import { type NamedMember, namedMembers } from "../namedMembers.js";

/** A member such as `client_name#fr` of a known field. */
export interface TaggedMember {
  readonly member: Member;
  readonly field: Field;
  /** What stands behind the first `#`, unchecked. */
  readonly tag: string;
}

const seen = new WeakMap<ClientMetadataDocument, readonly TaggedMember[]>();

/** The members with a language tag (RFC 7591 §2.2) whose field is known, in text order; found once per document. */
export function taggedMembers(document: ClientMetadataDocument): readonly TaggedMember[] {
  let found = seen.get(document);
  if (!found) {
    found = namedMembers(document).filter(isTagged);
    seen.set(document, found);
  }
  return found;
}

function isTagged(named: NamedMember): named is NamedMember & TaggedMember {
  return named.field !== undefined && named.member.key.value.includes("#");
}
