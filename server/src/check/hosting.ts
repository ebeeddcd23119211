/** Workspace-relative globs with the base URL that their files are served under; the value of `cimd.hosting`. */
export type Hosting = Readonly<Record<string, string>>;

/**
 * The URL a file will have on the web. What a glob says before its first wildcard (whole folders only) is not part of the
 * URL: with `{ "public/**": "https://app.example.com/" }` the file `public/oauth/client` is served from
 * `https://app.example.com/oauth/client`. A glob without wildcards names one file: a base URL that does not end in `/` is
 * then that file's whole URL. Where several globs match, the longest counts.
 *
 * @param path the file's path relative to its workspace folder, with `/` between folders, not percent-encoded
 * @returns undefined where no glob matches, the base is no https URL without query and fragment, or the path has a name
 *   `.` or `..`: an address with it is another file's
 */
export function hostedUrl(hosting: Hosting, path: string): string | undefined {
  if (path.split("/").some((name) => name === "." || name === "..")) return undefined;
  const glob = Object.keys(hosting)
    .sort((a, b) => b.length - a.length)
    .find((candidate) => matchesPath(candidate, path));
  const base = glob === undefined ? undefined : hosting[glob];
  if (glob === undefined || base === undefined || !isHostingBase(base)) return undefined;
  const wildcard = glob.search(/[*?]/);
  if (wildcard < 0 && !base.endsWith("/")) return base;
  const fixed = glob.lastIndexOf("/", wildcard < 0 ? glob.length : wildcard) + 1;
  const served = path.slice(fixed).split("/").map(encodeSegment).join("/");
  return `${base.endsWith("/") ? base : `${base}/`}${served}`;
}

/** Whether a text can be a base of `cimd.hosting`: an https URL with a host, and neither query nor fragment. */
export function isHostingBase(base: string): boolean {
  return /^https:\/\/[^/?#\s]+(?:\/[^?#\s]*)?$/.test(base);
}

/**
 * Whether a glob matches a whole path: `*` stands for any run of characters of one folder or file name, `?` for one of
 * them, and a name `**` for any number of folders.
 */
function matchesPath(glob: string, path: string): boolean {
  return matchesNames(glob.split("/"), path.split("/"));
}

function matchesNames(globs: readonly string[], names: readonly string[]): boolean {
  // `reached[i]`: the globs so far match the first `i` names.
  let reached = [true, ...names.map(() => false)];
  for (const glob of globs) {
    const before = reached;
    if (glob === "**") {
      const first = before.indexOf(true);
      reached = before.map((_, index) => first >= 0 && index >= first);
    } else {
      const wanted = [...glob];
      reached = before.map(
        (_, index) =>
          index > 0 && before[index - 1] === true && matchesName(wanted, [...(names[index - 1] ?? "")]),
      );
    }
  }
  return reached[names.length] === true;
}

/**
 * Whether a glob matches one whole name, in time that grows with the product of both at most: a workspace's settings may
 * hold any number of `*`, so no regular expression is made of them.
 */
function matchesName(glob: readonly string[], name: readonly string[]): boolean {
  let inGlob = 0;
  let inName = 0;
  // Where the last `*` stands, and up to where of the name it has been stretched.
  let star = -1;
  let stretched = 0;
  while (inName < name.length) {
    const wanted = glob[inGlob];
    if (wanted === "*") {
      star = inGlob++;
      stretched = inName;
    } else if (wanted === "?" || wanted === name[inName]) {
      inGlob++;
      inName++;
    } else if (star >= 0) {
      inGlob = star + 1;
      inName = ++stretched;
    } else return false;
  }
  while (glob[inGlob] === "*") inGlob++;
  return inGlob === glob.length;
}

/** Percent-encodes what may not stand in a path segment (RFC 3986 §3.3). */
function encodeSegment(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /%(?:21|24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g,
    decodeURIComponent,
  );
}
