/**
 * Builds an RFC 6901 JSON pointer.
 *
 * @param segments member names and array indices from the root
 * @returns `""` for the root, else `/a/0/b` with `~` and `/` escaped
 */
export function jsonPointer(...segments: readonly (string | number)[]): string {
  let pointer = "";
  for (const segment of segments) pointer += `/${typeof segment === "number" ? segment : escaped(segment)}`;
  return pointer;
}

function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
