import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { ArrayNode, JsonNode, Member, ObjectNode, StringNode } from "../document/syntaxTree.js";
import type { TextEdit } from "./rule.js";

/** Puts another value where a node stands. */
export function replaceNode(
  node: { readonly offset: number; readonly end: number },
  value: unknown,
): TextEdit {
  return { offset: node.offset, end: node.end, newText: JSON.stringify(value) };
}

/** Puts another text between the quotes of a string, its escapes done. */
export function replaceString(node: StringNode, value: string): TextEdit {
  return { offset: node.offset, end: node.end, newText: JSON.stringify(value) };
}

/** Removes one member with its comma and the white space that belonged to it. */
export function removeMember(document: ClientMetadataDocument, object: ObjectNode, member: Member): TextEdit {
  return removeFrom(document.text, object.members, member);
}

/** Removes several members of one object with their commas, as edits that do not overlap. */
export function removeMembers(object: ObjectNode, gone: ReadonlySet<Member>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let kept: Member | undefined;
  let first: Member | undefined;
  for (const member of object.members) {
    if (gone.has(member)) {
      first ??= member;
      continue;
    }
    if (first) edits.push({ offset: first.offset, end: member.offset, newText: "" });
    first = undefined;
    kept = member;
  }
  const last = object.members[object.members.length - 1];
  if (first && last) edits.push({ offset: kept ? kept.end : first.offset, end: last.end, newText: "" });
  return edits;
}

/** Removes one item of an array with its comma and the white space that belonged to it. */
export function removeItem(
  document: ClientMetadataDocument,
  items: readonly JsonNode[],
  item: JsonNode,
): TextEdit {
  return removeFrom(document.text, items, item);
}

interface Place {
  readonly offset: number;
  readonly end: number;
}

function removeFrom(text: string, list: readonly Place[], item: Place): TextEdit {
  const index = list.indexOf(item);
  const before = list[index - 1];
  const after = list[index + 1];
  if (after) return { offset: item.offset, end: after.offset, newText: "" };
  if (before) return { offset: before.end, end: item.end, newText: "" };
  return { offset: item.offset, end: skipComma(text, item.end), newText: "" };
}

function skipComma(text: string, offset: number): number {
  const comma = /^\s*,/.exec(text.slice(offset, offset + 200));
  return comma ? offset + comma[0].length : offset;
}

/**
 * Adds a member after the last one, indented as its neighbours are.
 *
 * @returns undefined when the document has no readable root object to add to
 */
export function addMember(
  document: ClientMetadataDocument,
  name: string,
  value: unknown,
): TextEdit | undefined {
  const object = document.object;
  if (!object?.closed || document.has(name)) return undefined;
  const newText = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const last = object.members[object.members.length - 1];
  if (!last) return { offset: object.offset + 1, end: object.offset + 1, newText };
  const previous = object.members[object.members.length - 2];
  const gap = document.text.slice(previous ? previous.end : object.offset + 1, last.offset);
  const space = /^[\s,]*$/.test(gap) ? gap.replace(/,/g, "") : " ";
  return { offset: last.end, end: last.end, newText: `,${space}${newText}` };
}

/** Adds an item after the last one of an array, spaced as its neighbours are. */
export function addItem(
  document: ClientMetadataDocument,
  list: ArrayNode,
  value: unknown,
): TextEdit | undefined {
  if (!list.closed) return undefined;
  const newText = JSON.stringify(value);
  const last = list.items[list.items.length - 1];
  if (!last) return { offset: list.offset + 1, end: list.offset + 1, newText };
  const previous = list.items[list.items.length - 2];
  const gap = document.text.slice(previous ? previous.end : list.offset + 1, last.offset);
  const space = /^[\s,]*$/.test(gap) ? gap.replace(/,/g, "") : " ";
  return { offset: last.end, end: last.end, newText: `,${space === "" ? " " : space}${newText}` };
}

/** Gives a member another name. */
export function renameMember(member: Member, name: string): TextEdit {
  return { offset: member.key.offset, end: member.key.end, newText: JSON.stringify(name) };
}

/** The text after some edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { offset, end, newText } of [...edits].sort((a, b) => a.offset - b.offset)) {
    parts.push(text.slice(from, offset), newText);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
