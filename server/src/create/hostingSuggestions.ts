import { say } from "../localisation/say.js";

/** The files of a workspace folder that say where it is published; paths relative to the folder. */
export const HOSTING_FILES = [
  "CNAME",
  "public/CNAME",
  "docs/CNAME",
  "package.json",
  "vercel.json",
  ".vercel/project.json",
  "netlify.toml",
  ".git/config",
] as const;

/** The texts of those of {@link HOSTING_FILES} that exist. */
export type HostingTexts = Partial<Readonly<Record<(typeof HOSTING_FILES)[number], string>>>;

/** A URL where a new document could be published. */
export interface HostingSuggestion {
  /** A client identifier URL. */
  readonly url: string;
  /** The file or setting that it comes from. */
  readonly from: string;
}

/** The name of a new document. */
const FILE_NAME = "client.cimd.json";

/**
 * Where a new document could be published, the surest guess first. Only https URLs on a host with a dot are suggested;
 * what a file says in a way that is not understood suggests nothing.
 *
 * @param texts files of the workspace folder; they are untrusted text
 * @param hosting the setting `cimd.hosting`: globs and the base URLs of what they match
 */
export function suggestHosting(
  texts: HostingTexts,
  hosting: Readonly<Record<string, string>> = {},
): readonly HostingSuggestion[] {
  const bases: { readonly base: string | undefined; readonly from: string }[] = [
    ...Object.values(hosting).map((base) => ({ base, from: "cimd.hosting" })),
    ...(["CNAME", "public/CNAME", "docs/CNAME"] as const).map((file) => ({
      base: hostBase(texts[file]?.trim()),
      from: file,
    })),
    { base: textMember(texts["package.json"], "homepage"), from: say`package.json homepage` },
    ...aliases(texts["vercel.json"]).map((host) => ({ base: hostBase(host), from: "vercel.json" })),
    {
      base: hostBase(labelUnder(textMember(texts[".vercel/project.json"], "projectName"), "vercel.app")),
      from: ".vercel/project.json",
    },
    { base: netlifyUrl(texts["netlify.toml"]), from: "netlify.toml" },
    { base: pagesUrl(texts[".git/config"]), from: say`GitHub Pages of the git remote` },
  ];
  const found = new Map<string, HostingSuggestion>();
  for (const { base, from } of bases) {
    const url = documentUrl(base);
    if (url !== undefined && !found.has(url)) found.set(url, { url, from });
  }
  return [...found.values()];
}

/**
 * Where GitHub Pages publishes the repository of a workspace folder: its custom domain, or the address that follows from the
 * git remote.
 *
 * @returns a URL that ends with a slash; undefined where the remote is not one of GitHub
 */
export function pagesBase(texts: HostingTexts): string | undefined {
  const own = pagesUrl(texts[".git/config"]);
  const domain = texts.CNAME ?? texts["docs/CNAME"] ?? texts["public/CNAME"];
  return own && (hostBase(domain?.trim()) ?? own);
}

/** The document's URL below a base; undefined for a base that no server would fetch from. */
function documentUrl(base: string | undefined): string | undefined {
  const url = base === undefined ? null : URL.parse(base);
  if (!url) return undefined;
  const { protocol, hostname, origin, pathname, username, password } = url;
  const isPublic = hostname.includes(".") && !/^[\d.]+$/.test(hostname);
  if (protocol !== "https:" || !isPublic || username !== "" || password !== "") return undefined;
  return `${origin}${pathname.replace(/(?<!\/)\/*$/, "/")}${FILE_NAME}`;
}

function hostBase(host: string | undefined): string | undefined {
  return host !== undefined && /^[\w-]+(?:\.[\w-]+)+$/.test(host) ? `https://${host}/` : undefined;
}

function labelUnder(label: string | undefined, suffix: string): string | undefined {
  return label === undefined ? undefined : `${label}.${suffix}`;
}

function members(json: string | undefined): Readonly<Record<string, unknown>> {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // Somebody else's file, perhaps half written: it suggests nothing.
    return {};
  }
}

function textMember(json: string | undefined, name: string): string | undefined {
  const value = members(json)[name];
  return typeof value === "string" ? value : undefined;
}

/** `alias` of vercel.json: one host or several. */
function aliases(json: string | undefined): readonly string[] {
  const { alias } = members(json) as { readonly alias?: unknown };
  return (Array.isArray(alias) ? alias : [alias]).filter((host) => typeof host === "string");
}

/** The variable `URL`, under which Netlify tells builds the site's address, where netlify.toml sets it. */
function netlifyUrl(toml: string | undefined): string | undefined {
  return toml && /^[ \t]*URL[ \t]*=[ \t]*"(https:\/\/[^"\s]+)"/m.exec(toml)?.[1];
}

/** `https://OWNER.github.io/REPOSITORY/`, or without the repository for the owner's own site. */
function pagesUrl(gitConfig: string | undefined): string | undefined {
  const remote =
    gitConfig &&
    /^[ \t]*url[ \t]*=[ \t]*(?:https:\/\/github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w-]+)\/([\w.-]+?)(?:\.git)?\/?[ \t\r]*$/m.exec(
      gitConfig,
    );
  const [, owner, repository] = remote || [];
  if (owner === undefined || repository === undefined) return undefined;
  const host = `${owner.toLowerCase()}.github.io`;
  return repository.toLowerCase() === host ? `https://${host}/` : `https://${host}/${repository}/`;
}
