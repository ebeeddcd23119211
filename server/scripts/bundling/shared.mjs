// Moves modules that several files of the language server need into one file, which the others require: it is read, compiled
// and kept in memory once.

import path from "node:path";
import { build } from "esbuild";
import { isAsking, resolveAsUsual } from "./resolve.mjs";

/** A file that others share. First `findShared`, then the bundles that share it with `plugin`, and at last `build`. */
class SharedFile {
  #name;
  /** The names under which it exports its modules, by their absolute paths; the same wherever the checkout is. */
  #names;
  /** Those of them that the other bundles import: what the file has to export. */
  #imported = new Set();
  #options;

  /** @param {string} name @param {ReadonlySet<string>} modules @param {import("esbuild").BuildOptions} options */
  constructor(name, modules, options) {
    this.#name = name;
    this.#names = new Map([...modules].sort().map((file, at) => [file, `m${at}`]));
    this.#options = options;
  }

  /**
   * For a bundle that shares the file: it requires what it finds there.
   *
   * @param {{ ownFolder?: string }} [options] a folder whose modules the bundle has itself, because they are not the same
   *   there (`leaveOut`)
   * @returns {import("esbuild").Plugin}
   */
  plugin({ ownFolder } = {}) {
    const namespace = `shared-${this.#name}`;
    return {
      name: namespace,
      setup: (b) => {
        // This project's modules, the LSP library's among each other, and the names of LSP's numbers.
        b.onResolve({ filter: /^\.|^vscode-languageserver-types$/ }, async (args) => {
          if (args.kind === "entry-point" || isAsking(args) || args.namespace !== "file") return undefined;
          const found = await resolveAsUsual(b, args);
          if (!this.#names.has(found.path)) return undefined;
          if (ownFolder !== undefined && found.path.startsWith(ownFolder + path.sep)) return undefined;
          this.#imported.add(found.path);
          return { path: found.path, namespace };
        });
        b.onResolve({ filter: /.*/, namespace }, (args) => ({ path: args.path, external: true }));
        b.onLoad({ filter: /.*/, namespace }, (args) => ({
          contents: `module.exports = require("./${this.#name}.cjs").${this.#names.get(args.path)};`,
          loader: "js",
        }));
      },
    };
  }

  /** Builds the file, which exports what the bundles before have imported. */
  build() {
    const exported = [...this.#imported].map(
      (file) => `export * as ${this.#names.get(file)} from ${JSON.stringify(file)};`,
    );
    return build({
      ...this.#options,
      stdin: { contents: exported.sort().join("\n"), resolveDir: "/", sourcefile: `${this.#name}.ts` },
      entryNames: this.#name,
    });
  }
}

/**
 * @param {string} name of the file, without its ending
 * @param {readonly string[]} modules absolute paths; the file has these and all that they import
 * @param {import("esbuild").BuildOptions} options of the file
 * @returns {Promise<SharedFile>}
 */
export async function findShared(name, modules, options) {
  const { metafile } = await build({ ...options, metafile: true, write: false, entryPoints: [...modules] });
  const found = new Set(Object.keys(metafile.inputs).map((file) => path.resolve(file)));
  return new SharedFile(name, found, options);
}
