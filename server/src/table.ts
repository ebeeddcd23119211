/**
 * A table that is asked with words of a document: a map, because an object also answers to `constructor` and
 * `__proto__`.
 *
 * @param entries what each word stands for
 */
export function table<Value>(entries: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(entries));
}
