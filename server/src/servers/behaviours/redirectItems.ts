import { memoize } from "../../document/memoize.js";
/**
 * Where a list has what stands in it further ahead already.
 *
 * @param value a member's value; anything but an array repeats nothing
 */
export function repeatedItems(value: unknown): readonly number[] {
  return Array.isArray(value) ? findRepeated(value) : [];
}

const findRepeated = memoize((items: readonly unknown[]): readonly number[] => {
  const seen = new Set<unknown>();
  const indices: number[] = [];
  items.forEach((item, index) => {
    if (seen.has(item)) indices.push(index);
    else seen.add(item);
  });
  return indices;
});
