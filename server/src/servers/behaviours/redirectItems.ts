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
