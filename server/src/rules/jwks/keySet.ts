import { type ClientMetadataDocument, MAX_ENTRIES } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { memberOf } from "../../document/locate.js";
import { memoize } from "../../document/memoize.js";
import type { ArrayNode, JsonNode, Member, ObjectNode, StringNode } from "../../document/syntaxTree.js";

/** One key of an inline key set (RFC 7517 §4). */
export class Jwk {
  /** `kty`, or undefined when it is no string. */
  readonly kty: string | undefined;
  /** Whether it is a shared secret, or has the member of one (RFC 7518 §6.4). */
  readonly symmetric: boolean;

  constructor(
    readonly index: number,
    readonly node: ObjectNode,
  ) {
    this.kty = this.text("kty");
    this.symmetric = this.kty === "oct" || this.member("k") !== undefined;
  }

  /** The last member of that name, as for parsers. A key has few members: going through them is faster than a table. */
  member(name: string): Member | undefined {
    const { members } = this.node;
    for (let at = members.length - 1; at >= 0; at--) {
      const member = members[at] as Member;
      if (member.key.value === name) return member;
    }
    return undefined;
  }

  value(name: string): JsonNode | undefined {
    return this.member(name)?.value;
  }

  /** The member's value if it is a string. */
  string(name: string): StringNode | undefined {
    const value = this.value(name);
    return value?.type === "string" ? value : undefined;
  }

  /** The member's text, or undefined. */
  text(name: string): string | undefined {
    return this.string(name)?.value;
  }

  /** RFC 6901 pointer to the key, or to one of its members. */
  pointer(name?: string): string {
    return name === undefined
      ? jsonPointer("jwks", "keys", this.index)
      : jsonPointer("jwks", "keys", this.index, name);
  }
}

/** The array of keys in `jwks`, or undefined. */
export function keyArray(document: ClientMetadataDocument): ArrayNode | undefined {
  const jwks = document.value("jwks");
  const keys = jwks?.type === "object" ? memberOf(jwks, "keys") : undefined;
  return keys?.type === "array" ? keys : undefined;
}

/** The keys in `jwks`, as far as {@link MAX_ENTRIES} go; items that are no objects are left out. */
export const keysOf = memoize((document: ClientMetadataDocument): readonly Jwk[] =>
  (keyArray(document)?.items.slice(0, MAX_ENTRIES) ?? []).flatMap((node, index) =>
    node.type === "object" ? [new Jwk(index, node)] : [],
  ),
);
