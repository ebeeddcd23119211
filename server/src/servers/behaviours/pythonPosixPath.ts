/**
 * Python's `posixpath.normpath(path)`, for a path that is not empty.
 *
 * @see https://docs.python.org/3.11/library/os.path.html#os.path.normpath
 */
export function normpath(path: string): string {
  const leading = /^\/*/.exec(path)?.[0].length ?? 0;
  const slashes = leading === 2 ? "//" : leading > 0 ? "/" : "";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== ".." || (slashes === "" && (segments.length === 0 || segments.at(-1) === "..")))
      segments.push(segment);
    else segments.pop();
  }
  return slashes + segments.join("/") || ".";
}
