// Moves modules that several files of the language server need into one file, core.cjs, which the others require: it is
// read, compiled and kept in memory once.

import path from "node:path";
import { build } from "esbuild";
import { isAsking, resolveAsUsual } from "./resolve.mjs";

/** The modules of core.cjs. First `findCore`, then the bundles that share it with `plugin`, and at last `build`. */
class Core {
  /** Absolute paths of its modules. */
  #modules;
  /** Those of them that the other bundles import: what the file has to export. */
  #imported = new Set();
  #root;
  #options;

  /** @param {ReadonlySet<string>} modules @param {string} root @param {import("esbuild").BuildOptions} options */
  constructor(modules, root, options) {
    this.#modules = modules;
    this.#root = root;
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
    return {
      name: "core",
      setup: (b) => {
        // This project's modules, the LSP library's among each other, and the names of LSP's numbers.
        b.onResolve({ filter: /^\.|^vscode-languageserver-types$/ }, async (args) => {
          if (args.kind === "entry-point" || isAsking(args) || args.namespace !== "file") return undefined;
          const found = await resolveAsUsual(b, args);
          if (!this.#modules.has(found.path)) return undefined;
          if (ownFolder !== undefined && found.path.startsWith(ownFolder + path.sep)) return undefined;
          this.#imported.add(found.path);
          return { path: found.path, namespace: "core" };
        });
        b.onResolve({ filter: /.*/, namespace: "core" }, (args) => ({ path: args.path, external: true }));
        b.onLoad({ filter: /.*/, namespace: "core" }, (args) => ({
          contents: `module.exports = require("./core.cjs").${this.#nameOf(args.path)};`,
          loader: "js",
        }));
      },
    };
  }

  /** Builds the file, which exports what the bundles before have imported. */
  build() {
    const exported = [...this.#imported]
      .sort()
      .map((file) => `export * as ${this.#nameOf(file)} from ${JSON.stringify(file)};`);
    return build({
      ...this.#options,
      stdin: { contents: exported.join("\n"), resolveDir: this.#root, sourcefile: "core.ts" },
      entryNames: "core",
    });
  }

  /** The name under which the file exports a module. */
  #nameOf(file) {
    return path.relative(this.#root, file).replace(/\.ts$/, "").replace(/\W/g, "_");
  }
}

/**
 * @param {readonly string[]} modules absolute paths; the core is these and all that they import
 * @param {string} root absolute path of the sources, which the names in core.cjs start from
 * @param {import("esbuild").BuildOptions} options of core.cjs
 * @returns {Promise<Core>}
 */
export async function findCore(modules, root, options) {
  const { metafile } = await build({ ...options, metafile: true, write: false, entryPoints: [...modules] });
  return new Core(new Set(Object.keys(metafile.inputs).map((file) => path.resolve(file))), root, options);
}
