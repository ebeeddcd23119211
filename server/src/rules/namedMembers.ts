import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { memoize } from "../document/memoize.js";
import type { Member } from "../document/syntaxTree.js";
import type { Field } from "../metadata/field.js";
import { fieldByName, splitLanguageTag } from "../metadata/fields.js";

/** A member of the document, with what its name says. There may be tens of thousands, so each keeps as little as it can. */
export class NamedMember {
  /** @param field that it is; undefined for a name that is not client metadata */
  constructor(
    readonly member: Member,
    readonly field: Field | undefined,
  ) {}

  /** Its name without a language tag. */
  get base(): string {
    return this.field?.name ?? splitLanguageTag(this.member.key.value).base;
  }

  /** What stands behind the first `#` of its name, unchecked; undefined when there is none. */
  get tag(): string | undefined {
    return splitLanguageTag(this.member.key.value).tag;
  }
}

/** The members of a document in text order, their names looked up once for all rules. */
export const namedMembers = memoize((document: ClientMetadataDocument): readonly NamedMember[] =>
  nameAll(document.object?.members ?? []),
);

function nameAll(members: readonly Member[]): readonly NamedMember[] {
  // Translations of one field mostly follow each other.
  let last: { readonly field: Field; readonly translation: string } | undefined;
  return members.map((member) => {
    const name = member.key.value;
    if (last && name.startsWith(last.translation)) return new NamedMember(member, last.field);
    const field = fieldByName(name);
    last = field && { field, translation: `${field.name}#` };
    return new NamedMember(member, field);
  });
}
