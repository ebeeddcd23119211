// A copy of the built extension for VS Code's web worker extension host, which runs an extension that has no `main`.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../harness/paths.mjs";

/** What a browser needs of the extension, relative to its folder. */
const PARTS = [
  "client/dist",
  "client/icons",
  "client/l10n",
  "client/media",
  "server/dist",
  "server/schema.json",
  "snippets",
  "syntaxes",
  "package.nls.json",
  "package.nls.de.json",
  "icon.png",
];

/**
 * @param {string} folder absolute; made where it is missing
 * @returns {string} the folder, with an extension whose manifest has only `browser`
 */
export function copyWebExtension(folder) {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) {
    cpSync(path.join(ROOT, part), path.join(folder, part), {
      recursive: true,
      filter: (source) => path.basename(source) !== "types",
    });
  }
  const { main, ...manifest } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  if (main === undefined || manifest.browser === undefined)
    throw new Error("The manifest should have `main` and `browser`.");
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}
