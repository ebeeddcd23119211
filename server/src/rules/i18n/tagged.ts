import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
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

/** The members with a language tag (RFC 7591 §2.2) whose field is known, in text order. */
export const taggedMembers = memoize((document: ClientMetadataDocument): readonly TaggedMember[] =>
  namedMembers(document).filter(isTagged),
);

function isTagged(named: NamedMember): named is NamedMember & TaggedMember {
  return named.field !== undefined && named.member.key.value.includes("#");
}
