// An esbuild plugin that makes modules files of their own, which are read at the first call of one of their functions.

import { isAsking, resolveAsUsual } from "./resolve.mjs";

/**
 * @typedef {object} DeferredModule
 * @property {string} module absolute path
 * @property {readonly string[]} exports the functions that others import from it; the build fails where one is forgotten
 */

/**
 * Puts, in place of each module, functions of the same names that require its file, `./<name>.cjs`, and call the real ones.
 * The files themselves are bundles with those modules as entry points.
 *
 * @param {Readonly<Record<string, DeferredModule>>} modules by the name of the file
 * @returns {import("esbuild").Plugin} for CommonJS bundles
 */
export function deferred(modules) {
  const nameByPath = new Map(Object.entries(modules).map(([name, { module }]) => [module, name]));
  return {
    name: "deferred",
    setup(b) {
      b.onResolve({ filter: /^\./ }, async (args) => {
        if (args.kind === "entry-point" || isAsking(args)) return undefined;
        const name = nameByPath.get((await resolveAsUsual(b, args)).path);
        return name === undefined ? undefined : { path: name, namespace: "deferred" };
      });
      // What the functions below require stays a file of its own.
      b.onResolve({ filter: /.*/, namespace: "deferred" }, ({ path }) => ({ path, external: true }));
      b.onLoad({ filter: /.*/, namespace: "deferred" }, ({ path: name }) => ({
        contents: [
          "let module_;",
          `const load = () => (module_ ??= require("./${name}.cjs"));`,
          ...modules[name].exports.map((fn) => `export const ${fn} = (...given) => load().${fn}(...given);`),
        ].join("\n"),
        loader: "js",
      }));
    },
  };
}
