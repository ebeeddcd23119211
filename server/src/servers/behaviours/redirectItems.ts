import { ordinaryHost } from "../../redirects/ordinary.js";

/** One string of `redirect_uris`. */
export interface RedirectItem {
  readonly index: number;
  readonly text: string;
}

const unusual = new WeakMap<readonly unknown[], readonly RedirectItem[]>();

/**
 * The strings of a list of redirect URIs without the ordinary https ones ({@link ordinaryHost}), found once for each list.
 * Demands that no ordinary redirect can miss look at these; `test/servers/ordinaryRedirects.test.ts` holds them to it.
 *
 * @param value a member's value; anything but an array has no items
 */
export function unusualRedirects(value: unknown): readonly RedirectItem[] {
  if (!Array.isArray(value)) return [];
  const known = unusual.get(value);
  if (known) return known;
  const items: RedirectItem[] = [];
  value.forEach((text: unknown, index) => {
    if (typeof text === "string" && ordinaryHost(text) === undefined) items.push({ index, text });
  });
  unusual.set(value, items);
  return items;
}

const repeated = new WeakMap<readonly unknown[], readonly number[]>();

/**
 * Where a list has what stands in it further ahead already, found once for each list.
 *
 * @param value a member's value; anything but an array repeats nothing
 */
export function repeatedItems(value: unknown): readonly number[] {
  if (!Array.isArray(value)) return [];
  let indices = repeated.get(value);
  if (!indices) {
    indices = findRepeated(value);
    repeated.set(value, indices);
  }
  return indices;
}

function findRepeated(items: readonly unknown[]): readonly number[] {
  const seen = new Set<unknown>();
  const indices: number[] = [];
  items.forEach((item, index) => {
    if (seen.has(item)) indices.push(index);
    else seen.add(item);
  });
  return indices;
}
