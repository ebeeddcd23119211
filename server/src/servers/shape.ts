import { jsonPointer } from "../document/jsonPointer.js";
import type { JsonNode, ObjectNode, SyntaxFault } from "../document/syntaxTree.js";

/** The JSON type a schema asks for, as far as the schemas of the profiled servers go. */
export type Shape =
  | {
      readonly type: "string";
      /** White space at the ends does not count. */
      readonly trim?: boolean;
      readonly nonEmpty?: boolean;
    }
  | { readonly type: "boolean" }
  | { readonly type: "number"; readonly integer?: boolean }
  | { readonly type: "object" }
  | { readonly type: "enum"; readonly options: readonly string[] }
  | { readonly type: "array"; readonly of: Shape; readonly nonEmpty?: boolean };

/** How a value misses its shape. */
export type Misfit =
  | { readonly kind: "type"; readonly expected: string; readonly received: string }
  | {
      readonly kind: "option";
      readonly options: readonly string[];
      readonly received: string;
      readonly value?: string;
    }
  | { readonly kind: "too-small"; readonly of: "array" | "string" };

/** Member names and array indices from the root. */
export type Path = readonly (string | number)[];

/**
 * Compares a value with a shape, item by item.
 *
 * @param found called for every place that misses
 */
export function compareShape(
  node: JsonNode,
  shape: Shape,
  path: Path,
  found: (misfit: Misfit, path: Path) => void,
): void {
  const misfit = misfitOf(node, shape);
  if (misfit) found(misfit, path);
  if (shape.type !== "array" || node.type !== "array") return;
  for (let index = 0; index < node.items.length; index++) {
    const item = node.items[index];
    if (item) compareShape(item, shape.of, [...path, index], found);
  }
}

/** How a value itself misses a shape; the items of an array are not looked at. */
function misfitOf(node: JsonNode, shape: Shape): Misfit | undefined {
  if (shape.type === "enum") {
    if (node.type !== "string") return { kind: "option", options: shape.options, received: typeName(node) };
    if (shape.options.includes(node.value)) return undefined;
    return { kind: "option", options: shape.options, received: "string", value: node.value };
  }
  if (node.type !== shape.type) return { kind: "type", expected: shape.type, received: typeName(node) };
  if (shape.type === "array" && node.type === "array") {
    return shape.nonEmpty && node.items.length === 0 ? { kind: "too-small", of: "array" } : undefined;
  }
  if (shape.type === "string" && node.type === "string") {
    const text = shape.trim ? node.value.trim() : node.value;
    return shape.nonEmpty && text === "" ? { kind: "too-small", of: "string" } : undefined;
  }
  if (shape.type === "number" && node.type === "number" && shape.integer && !Number.isInteger(node.value)) {
    return { kind: "type", expected: "integer", received: "float" };
  }
  return undefined;
}

/** True when nothing about the value misses the shape. */
export function fits(node: JsonNode, shape: Shape): boolean {
  let fitting = true;
  compareShape(node, shape, [], () => {
    fitting = false;
  });
  return fitting;
}

/** The type of a value in the words of zod's messages. */
export function typeName(node: JsonNode | undefined): string {
  if (node === undefined) return "undefined";
  if (node.type === "number" && !Number.isFinite(node.value)) return String(node.value);
  return node.type;
}

/** The member of an object that counts for parsers: the last of its name. */
export function memberOf(object: ObjectNode, name: string): JsonNode | undefined {
  return object.members.findLast(({ key }) => key.value === name)?.value;
}

/** An RFC 6901 pointer to a path. */
export function pointerTo(path: Path): string {
  return jsonPointer(...path);
}

/**
 * The first fault for which `JSON.parse` would throw, after a decoder that drops a byte order mark (WHATWG Encoding
 * "UTF-8 decode", which both `Response.json()` and `TextDecoder` follow). Nesting alone stops no JavaScript parser, and
 * half a surrogate pair written as an escape is legal for it.
 */
export function fatalSyntaxFault(faults: readonly SyntaxFault[]): SyntaxFault | undefined {
  return faults.find(({ kind }) => kind !== "bom" && kind !== "lone-surrogate" && kind !== "too-deep");
}

/** Parses a URL as WHATWG URL says, the way every JavaScript server does; undefined where that throws. */
export function parseUrl(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
