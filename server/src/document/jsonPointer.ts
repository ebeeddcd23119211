/**
 * Builds an RFC 6901 JSON pointer.
 *
 * @param segments member names and array indices from the root
 * @returns `""` for the root, else `/a/0/b` with `~` and `/` escaped
 */
export function jsonPointer(...segments: readonly (string | number)[]): string {
  return segments
    .map((segment) => "/" + String(segment).replaceAll("~", "~0").replaceAll("/", "~1"))
    .join("");
}
