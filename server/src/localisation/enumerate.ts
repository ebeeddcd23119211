import { say } from "./say.js";

/**
 * Lists names in a sentence. Of more than `most`, the first ones are named and the others counted.
 *
 * @param most so many are all named
 * @param first so many are named where there are more; one less than `most` unless told, so that the list gets no longer
 * @returns `FastMCP, Auth0 and 3 more`; nothing for no names
 */
export function enumerate(names: readonly string[], most: number, first = most - 1): string {
  return names.length <= most
    ? names.join(", ")
    : say`${names.slice(0, first).join(", ")} and ${names.length - first} more`;
}
