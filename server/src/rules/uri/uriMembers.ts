import { type ClientMetadataDocument, MAX_ENTRIES } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { memoize } from "../../document/memoize.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { splitUri, type UriParts } from "../../uri/splitUri.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { namedMembers } from "../namedMembers.js";

/** One URI of a member other than `client_id` and `redirect_uris`. */
export interface UriMember {
  /** The field, without a language tag. */
  readonly field: string;
  readonly node: StringNode;
  readonly pointer: string;
  readonly parts: UriParts;
}

/** Pages and images that people see (RFC 7591 §2, OpenID Federation §5.2.2). */
export const SHOWN: ReadonlySet<string> = new Set([
  "client_uri",
  "logo_uri",
  "tos_uri",
  "policy_uri",
  "information_uri",
  "organization_uri",
]);

/** What a server loads or calls by itself; `jwks_uri` has rules of its own. */
export const FETCHED: ReadonlySet<string> = new Set([
  "signed_jwks_uri",
  "sector_identifier_uri",
  "request_uris",
  "backchannel_logout_uri",
]);

/** These have rules of their own for everything. */
const ELSEWHERE: ReadonlySet<string> = new Set(["client_id", "redirect_uris"]);

/**
 * The URIs of a document but its identity and its redirects. Empty ones, ones with white space
 * around them and placeholders are left out: they are other rules' findings.
 */
export const uriMembers = memoize((document: ClientMetadataDocument): readonly UriMember[] => [
  ...readUris(document),
]);

function* readUris(document: ClientMetadataDocument): Generator<UriMember> {
  for (const { member, base: field, field: known } of namedMembers(document)) {
    const kind = known?.kind;
    const name = member.key.value;
    if ((kind !== "url" && kind !== "url[]") || ELSEWHERE.has(name)) continue;
    const { value } = member;
    if (value?.type === "string" && kind === "url") {
      if (isReadable(value))
        yield { field, node: value, pointer: jsonPointer(name), parts: splitUri(value.value) };
    } else if (value?.type === "array" && kind === "url[]") {
      for (const [index, node] of value.items.slice(0, MAX_ENTRIES).entries()) {
        if (node.type !== "string" || !isReadable(node)) continue;
        yield { field, node, pointer: jsonPointer(name, index), parts: splitUri(node.value) };
      }
    }
  }
}

function isReadable({ value }: StringNode): boolean {
  return value !== "" && value.trim() === value && !holdsPlaceholder(value);
}
