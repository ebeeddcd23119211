import { jsonPointer } from "../../document/jsonPointer.js";

/** The JSON type a zod schema asks for, as far as the schemas of the profiled servers go. */
export type Shape =
  | {
      readonly type: "string";
      /** White space at the ends does not count. */
      readonly trim?: boolean;
      readonly nonEmpty?: boolean;
    }
  | { readonly type: "boolean" }
  | { readonly type: "number" }
  | { readonly type: "object" }
  | { readonly type: "enum"; readonly options: readonly string[] }
  | { readonly type: "array"; readonly of: Shape; readonly nonEmpty?: boolean };

/** How a value misses its shape. */
export type Misfit =
  | { readonly kind: "type"; readonly expected: string; readonly value: unknown }
  | { readonly kind: "option"; readonly options: readonly string[]; readonly value: unknown }
  | { readonly kind: "too-small"; readonly of: "array" | "string" };

/** Member names and array indices from the root. */
export type Path = readonly (string | number)[];

/**
 * Compares a JSON value with a shape, item by item.
 *
 * @param found called for every place that misses
 */
export function compareShape(
  value: unknown,
  shape: Shape,
  path: Path,
  found: (misfit: Misfit, path: Path) => void,
): void {
  const misfit = misfitOf(value, shape);
  if (misfit) found(misfit, path);
  if (shape.type !== "array" || !Array.isArray(value)) return;
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    // Of long lists, nearly every item is a text that fits.
    if (shape.of.type !== "array" && !misfitOf(item, shape.of)) continue;
    compareShape(item, shape.of, [...path, index], found);
  }
}

/** How a value itself misses a shape; the items of an array are not looked at. */
function misfitOf(value: unknown, shape: Shape): Misfit | undefined {
  if (shape.type === "enum") {
    return shape.options.includes(value as string)
      ? undefined
      : { kind: "option", options: shape.options, value };
  }
  if (jsonType(value) !== shape.type) return { kind: "type", expected: shape.type, value };
  if (shape.type === "array") {
    return shape.nonEmpty && (value as unknown[]).length === 0
      ? { kind: "too-small", of: "array" }
      : undefined;
  }
  if (shape.type === "string" && shape.nonEmpty) {
    const text = value as string;
    return (shape.trim ? text.trim() : text) === "" ? { kind: "too-small", of: "string" } : undefined;
  }
  return undefined;
}

/** The type of a JSON value, in the words of zod's messages. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** An RFC 6901 pointer to a path. */
export function pointerTo(path: Path): string {
  return jsonPointer(...path);
}

/** The strings of a list; nothing where the value is no list. */
export function stringsIn(value: unknown): readonly { readonly index: number; readonly text: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => (typeof item === "string" ? [{ index, text: item }] : []));
}
