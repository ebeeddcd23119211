import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { documentScopes } from "../../document/requestMembers.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { addItem, addMember, removeItem, replaceNode, replaceString } from "../edits.js";
import type { Finding } from "../problem.js";
import type { Fix, TextEdit } from "../rule.js";

/** Adds an item to a list, or the list with it. */
export function adding(
  document: ClientMetadataDocument,
  member: string,
  value: string,
  others: readonly string[] = [],
): readonly Fix[] {
  const list = document.array(member);
  const edit = list ? addItem(document, list, value) : addMember(document, member, [...others, value]);
  return edit ? [{ title: say`Add ${value} to ${member}`, edits: [edit], preferred: true }] : [];
}

/** The grants the document lists, or undefined when it does not (RFC 7591 §2: then only authorization_code). */
export function listedGrants(document: ClientMetadataDocument): ReadonlySet<string> | undefined {
  return document.array("grant_types")
    ? new Set(document.strings("grant_types").map(({ node }) => node.value))
    : undefined;
}

/** The grants in force: those listed, else the default of RFC 7591 §2. */
export function grantsOf(document: ClientMetadataDocument): ReadonlySet<string> {
  return listedGrants(document) ?? new Set(document.has("grant_types") ? [] : ["authorization_code"]);
}

/** The response types the document lists, each as the sorted words it is made of. */
export function listedResponseTypes(document: ClientMetadataDocument): readonly ResponseType[] {
  return document
    .strings("response_types")
    .map(({ index, node }) => ({ index, node, words: node.value.split(" ").sort() }));
}

/** One item of `response_types`; the order of its words does not matter (OAuth Multiple Response Types §5). */
export interface ResponseType {
  readonly index: number;
  readonly node: StringNode;
  readonly words: readonly string[];
}

/** Grants and response types that are wanted by atproto, MCP and nearly every document. */
export const CODE = "authorization_code";

/** The fix of a response type that brings tokens in the redirect: the code flow does the same. */
export function useCode(document: ClientMetadataDocument): readonly Fix[] {
  const edits = withoutImplicitTypes(document);
  return edits.length > 0 ? [{ title: say`Use code`, edits, preferred: true }] : [];
}

/** Edits that leave no response type of the implicit grant; `code` stands for them. None where there is none. */
export function withoutImplicitTypes(document: ClientMetadataDocument): readonly TextEdit[] {
  const list = document.array("response_types");
  const types = listedResponseTypes(document);
  const others = types.filter(({ words }) => !words.includes("token") && !words.includes("id_token"));
  if (!list?.closed || types.length !== list.items.length || others.length === types.length) return [];
  const values = others.map(({ node }) => node.value);
  return [replaceNode(list, values.includes("code") ? values : ["code", ...values])];
}

/** The grant type that a problem is about, and the list that it is in. */
export function itemAt(document: ClientMetadataDocument, { offset }: Finding) {
  const list = document.array("grant_types");
  const item = list?.items.find((node) => node.offset === offset);
  return list && item?.type === "string" ? { list, item } : undefined;
}

/** Replaces a grant, or drops it when its replacement is in the list already. */
export function replaceGrant(
  document: ClientMetadataDocument,
  finding: Finding,
  grant: string,
): readonly Fix[] {
  const found = itemAt(document, finding);
  if (!found) return [];
  return listedGrants(document)?.has(grant)
    ? [
        {
          title: say`Delete it from the list`,
          edits: [removeItem(document, found.list.items, found.item)],
          preferred: true,
        },
      ]
    : [{ title: say`Use ${grant}`, edits: [replaceString(found.item, grant)], preferred: true }];
}

/** True when the scope asks for `offline_access`. */
export function wantsOfflineAccess(document: ClientMetadataDocument): boolean {
  return documentScopes(document)?.includes("offline_access") ?? false;
}
