// THIRD-PARTY-NOTICES.txt: whose code the bundles of a folder contain, and under which licence. Made from what esbuild
// says it has put into them, so that it cannot name too much or too little.

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** The name of the file beside the bundles. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

/**
 * Data of others that is part of a module: in our own sources, or inside a package whose licence text does not name it.
 * `module` is the end of the module's path, `package` the name of the package.
 */
const DATA = [
  {
    module: "server/src/uri/confusables.data.ts",
    title: "confusables.txt of Unicode Technical Standard #39",
    licence: "Unicode-3.0",
    homepage: "https://www.unicode.org/Public/security/",
    text: new URL("licences/unicode.txt", import.meta.url),
  },
  {
    package: "tldts",
    title: "Public Suffix List",
    licence: "MPL-2.0",
    homepage: "https://publicsuffix.org/",
    text: new URL("licences/public-suffix-list.txt", import.meta.url),
  },
  {
    package: "undici",
    title: "llhttp",
    licence: "MIT",
    homepage: "https://github.com/nodejs/llhttp",
    text: new URL("licences/llhttp.txt", import.meta.url),
  },
];

/** Licence texts of packages that name their licence in package.json and ship no text of it. */
const TEXTS = new Map([
  ["@vscode/l10n", new URL("licences/vscode-l10n.txt", import.meta.url)],
  ["koa-compose", new URL("licences/koa-compose.txt", import.meta.url)],
]);

/**
 * @typedef {object} Notice
 * @property {string} title name, and version where there is one
 * @property {string} licence SPDX expression
 * @property {string} homepage
 * @property {string} text the licence as its owner ships it
 */

/**
 * Writes the notices of a folder's bundles.
 *
 * @param {string} folder absolute; where the file goes
 * @param {readonly import("esbuild").Metafile[]} metafiles of all bundles in it
 * @param {string} workingFolder what the metafiles' paths are relative to (default: the current one)
 * @returns {Promise<void>}
 * @throws {Error} for a package that says nothing of its licence
 */
export async function writeNotices(folder, metafiles, workingFolder = process.cwd()) {
  const modules = bundledModules(metafiles).map((file) => path.resolve(workingFolder, file));
  await writeFile(path.join(folder, NOTICES), noticesText(await noticesOf(modules)));
}

/**
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @returns {string[]} the modules of which at least one byte is in an output, as the metafiles name them
 */
export function bundledModules(metafiles) {
  const modules = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        if (bytesInOutput > 0) modules.add(file);
      }
    }
  }
  return [...modules];
}

/**
 * @param {readonly string[]} modules absolute paths
 * @returns {Promise<Notice[]>} in the order of their titles
 */
async function noticesOf(modules) {
  const folders = new Map();
  for (const file of modules) {
    const found = packageFolder(file);
    if (found !== undefined) folders.set(found.folder, found.name);
  }
  const used = new Set(folders.values());
  const data = DATA.filter((entry) =>
    entry.package === undefined
      ? modules.some((file) => file.split(path.sep).join("/").endsWith(entry.module))
      : used.has(entry.package),
  );
  const notices = await Promise.all([
    ...[...folders.keys()].map(noticeOfPackage),
    ...data.map(async ({ title, licence, homepage, text }) => ({
      title,
      licence,
      homepage,
      text: await readFile(text, "utf8"),
    })),
  ]);
  return notices.sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}

/**
 * @param {string} file absolute path of a module
 * @returns {{ folder: string, name: string } | undefined} the package it belongs to, if it is not our own
 */
function packageFolder(file) {
  const inside = `${path.sep}node_modules${path.sep}`;
  const at = file.lastIndexOf(inside);
  if (at < 0) return undefined;
  const parts = file.slice(at + inside.length).split(path.sep);
  const names = parts.slice(0, parts[0]?.startsWith("@") ? 2 : 1);
  return { folder: path.join(file.slice(0, at + inside.length), ...names), name: names.join("/") };
}

/**
 * @param {string} folder of an installed package
 * @returns {Promise<Notice>}
 */
async function noticeOfPackage(folder) {
  const { name, version, license, homepage, repository } = JSON.parse(
    await readFile(path.join(folder, "package.json"), "utf8"),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying)([.-]|$)/i.test(file)).sort();
  const sources = TEXTS.has(name) ? [TEXTS.get(name)] : files.map((file) => path.join(folder, file));
  if (typeof license !== "string" || sources.length === 0)
    throw new Error(
      `${name} ${version} is bundled and ships no licence text: add it to TEXTS of server/scripts/notices.mjs.`,
    );
  const texts = await Promise.all(sources.map((source) => readFile(source, "utf8")));
  return {
    title: `${name} ${version}`,
    licence: license,
    homepage: homepage ?? webAddress(typeof repository === "string" ? repository : (repository?.url ?? "")),
    text: texts.join("\n\n"),
  };
}

/**
 * @param {string} repository as package.json files write it: `git+https://….git`, `git@github.com:owner/name`, `owner/name` …
 * @returns {string} where a browser finds it
 */
function webAddress(repository) {
  return repository
    .replace(/^(?:github:)?(?=[\w.-]+\/[\w.-]+$)/, "https://github.com/")
    .replace(/^git@([^:]+):/, "https://$1/")
    .replace(/^(?:git(?:\+https)?|http):/, "https:")
    .replace(/\.git$/, "");
}

/** @param {readonly Notice[]} notices */
function noticesText(notices) {
  const line = "-".repeat(80);
  const entries = notices.map(
    ({ title, licence, homepage, text }) =>
      `${line}\n${title} (${licence})\n${homepage}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`,
  );
  return `The program files in this folder contain the following works of others.\n\n${entries.join("\n")}`;
}
