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
