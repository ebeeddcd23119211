import { findNodeAtLocation, type Node } from "jsonc-parser";
import { say } from "../localisation/say.js";
import { appRoutes, type ServedFile } from "./appRoutes.js";
import { changeJson, readObject } from "./changeJson.js";
import { baseOnPages, githubPagesWorkflow, urlOnPages } from "./githubPages.js";
import { CACHE_CONTROL, type ConfiguredHost } from "./hosts.js";

/** A configuration that cannot be written, and what the person can do. */
export class HostingConfigurationError extends Error {
  override readonly name = "HostingConfigurationError";
}

const HEADERS = [
  ["Content-Type", "application/json"],
  ["Cache-Control", CACHE_CONTROL],
] as const;

/** Paths that stand for themselves in every one of the formats, and need no quotes in any. */
const PLAIN_PATH = /^\/[\w./~-]*[\w~-]$/;

/**
 * The paths to configure: of the document, and of its key set where the same host serves it.
 *
 * @throws {HostingConfigurationError} when a path is not plain: the text of a document must not become a pattern or a
 *   command
 */
export function pathsToConfigure(clientId: string, jwksUri: string): readonly string[] {
  const client = URL.parse(clientId);
  if (!client)
    throw new HostingConfigurationError(
      say`The path comes from client_id, which is not a URL yet. Fill in client_id first.`,
    );
  const keySet = URL.parse(jwksUri);
  const keys = keySet?.origin === client.origin ? [keySet.pathname] : [];
  const paths = [...new Set([client.pathname, ...keys])];
  const strange = paths.find((path) => !PLAIN_PATH.test(path) || path.includes(".."));
  if (strange !== undefined)
    throw new HostingConfigurationError(
      say`The path ${strange} has characters that hosts read as patterns. Configure it by hand, or publish the document at a path of letters, digits, dots and dashes.`,
    );
  return paths;
}

/**
 * What makes a host serve the paths as JSON that may be cached for an hour. Sources:
 * https://developers.cloudflare.com/pages/configuration/headers/, https://docs.netlify.com/routing/headers/,
 * https://vercel.com/docs/project-configuration#headers,
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#types and
 * https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html.
 *
 * @param paths from {@link pathsToConfigure}
 * @param existing the file that the host reads now; empty for none; most hosts have no such file
 * @param file the document's, relative to the application's folder; empty where it has none yet
 * @returns the whole new text of that file, or text to paste
 * @throws {HostingConfigurationError} when the existing file is not understood
 */
export function hostingConfiguration(
  host: Exclude<ConfiguredHost, "github-pages">,
  paths: readonly string[],
  existing: string,
  file = "",
): string {
  switch (host) {
    case "cloudflare-pages":
      return paths.reduce((text, path) => headersFile(text, path, true), existing);
    case "netlify":
      return paths.reduce((text, path) => headersFile(text, path, false), existing);
    case "vercel":
      return paths.reduce(vercelJson, existing.trim() === "" ? "{}\n" : existing);
    case "nginx":
      return `# Inside the server block\n${paths.map(nginxLocation).join("\n")}`;
    case "s3":
      return `# Put your bucket's name in\n${paths.map(s3Command).join("")}`;
    default:
      return appRoutes(host, servedFiles(paths, file));
  }
}

/**
 * The workflow that publishes a document on GitHub Pages.
 *
 * @param base of the repository's site, from its git remote; undefined where there is none of GitHub
 * @param file the document's, relative to the repository's root
 * @throws {HostingConfigurationError} when the site is not known, or a path is not plain
 */
export function pagesConfiguration(
  clientId: string,
  jwksUri: string,
  base: string | undefined,
  file: string,
): string {
  const url = urlOnPages(clientId, base, file);
  if (url === undefined)
    throw new HostingConfigurationError(
      say`The address on GitHub Pages comes from the git remote, and this folder has none of GitHub. Add it, or write the document's URL on github.io into client_id.`,
    );
  const { pathname } = new URL(baseOnPages(url, base));
  const served = servedFiles(pathsToConfigure(url, jwksUri), file);
  return githubPagesWorkflow(
    url,
    served
      .filter(({ path }) => path.startsWith(pathname))
      .map((one) => ({ ...one, path: one.path.slice(pathname.length - 1) })),
  );
}

/**
 * Which file is served at which path: the document at the first, and beside it those that are named as their paths end.
 *
 * @param file one with characters that could end a literal is taken to be named as its path ends
 */
function servedFiles(paths: readonly string[], file: string): readonly ServedFile[] {
  const isPlain = PLAIN_PATH.test(`/${file}`) && !file.includes("..");
  const folder = isPlain ? file.slice(0, file.lastIndexOf("/") + 1) : "";
  return paths.map((path, index) => ({
    path,
    file: index === 0 && isPlain ? file : `${folder}${path.slice(path.lastIndexOf("/") + 1)}`,
  }));
}

/**
 * Sets the two headers in the rule for a path of a `_headers` file; a rule that is not there comes at the end.
 *
 * @param joins whether the host joins the values of several rules, so that an earlier one has to be taken off
 */
function headersFile(existing: string, path: string, joins: boolean): string {
  const lines = existing === "" ? [] : existing.replace(/(?:\r\n|\r|\n)$/, "").split(/\r\n|\r|\n/);
  const start = lines.findIndex((line) => line.trim() === path && !/^\s/.test(line));
  const from = start < 0 ? lines.length : start;
  const length = start < 0 ? 0 : ruleLength(lines, start);
  const kept = lines.slice(from + 1, from + length).filter((line) => line.trim() !== "" && !isOurs(line));
  const elsewhere = [...lines.slice(0, from), ...lines.slice(from + length)];
  const detached = HEADERS.filter(([name]) => joins && wideRules(elsewhere).some((line) => sets(line, name)));
  const rule = [
    path,
    ...kept,
    ...detached.map(([name]) => `  ! ${name}`),
    ...HEADERS.map(([name, value]) => `  ${name}: ${value}`),
  ];
  return `${[...lines.slice(0, from), ...rule, ...lines.slice(from + length)].join("\n")}\n`;
}

/** The rule's first line and the indented ones behind it. */
function ruleLength(lines: readonly string[], start: number): number {
  let length = 1;
  while (/^\s+\S/.test(lines[start + length] ?? "")) length++;
  return length;
}

/** The lines of the rules that may be for more than one path. */
function wideRules(lines: readonly string[]): readonly string[] {
  let isWide = false;
  return lines.filter((line) => {
    if (/^\S/.test(line)) isWide = /[*:]/.test(line);
    return isWide;
  });
}

function sets(line: string, name: string): boolean {
  return line.trim().toLowerCase().startsWith(`${name.toLowerCase()}:`);
}

function isOurs(line: string): boolean {
  return HEADERS.some(
    ([name]) => sets(line, name) || line.trim().toLowerCase() === `! ${name.toLowerCase()}`,
  );
}

function vercelJson(existing: string, path: string): string {
  const tree = readObject(existing);
  const rules = tree && findNodeAtLocation(tree, ["headers"]);
  if (!tree || (rules && rules.type !== "array"))
    throw new HostingConfigurationError(
      say`vercel.json is not an object with a list "headers". Correct it first, or take the configuration as a new text.`,
    );
  const index = rules?.children?.findIndex((rule) => textMember(rule, "source") === path) ?? -1;
  const found = rules?.children?.[index];
  const kept = (found && findNodeAtLocation(found, ["headers"])?.children) ?? [];
  const headers = [
    ...kept
      .filter((header) => !HEADERS.some(([name]) => isNamed(header, name)))
      .map((header) => ({ key: textMember(header, "key"), value: textMember(header, "value") })),
    ...HEADERS.map(([key, value]) => ({ key, value })),
  ];
  return found
    ? changeJson(existing, ["headers", index, "headers"], headers)
    : changeJson(existing, ["headers", rules?.children?.length ?? 0], { source: path, headers }, true);
}

function isNamed(header: Node, name: string): boolean {
  return textMember(header, "key")?.toLowerCase() === name.toLowerCase();
}

function textMember(object: Node, name: string): string | undefined {
  const value: unknown = object.type === "object" ? findNodeAtLocation(object, [name])?.value : undefined;
  return typeof value === "string" ? value : undefined;
}

function nginxLocation(path: string): string {
  return [
    `location = ${path} {`,
    "    types { }",
    "    default_type application/json;",
    `    add_header Cache-Control "${CACHE_CONTROL}";`,
    "}",
    "",
  ].join("\n");
}

/** The local file is the one of the path's last segment, in the folder where the command is run. */
function s3Command(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return `aws s3 cp ./${file} s3://BUCKET${path} --content-type application/json --cache-control "${CACHE_CONTROL}"\n`;
}
