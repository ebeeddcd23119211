// How libraries are bundled that bring more along than is used.

import { fileURLToPath } from "node:url";
import { isAsking, resolveAsUsual } from "./resolve.mjs";

const library = (file) => fileURLToPath(new URL(`../../../node_modules/${file}`, import.meta.url));

/** esbuild's `alias`. */
export const ALIASES = {
  // What it has for Node reads files, which is not used, and which a web worker does not have.
  "@vscode/l10n": library("@vscode/l10n/dist/browser.js"),
  undici: fileURLToPath(new URL("undiciClient.cjs", import.meta.url)),
  // Its ESM build asks for `import.meta.url`, which a CommonJS bundle does not have.
  tinyglobby: library("tinyglobby/dist/index.cjs"),
};

/** The part of the LSP library that is the same in Node and in a browser. */
export const LSP_LIBRARY = library("vscode-languageserver/lib/common/api.js");

/**
 * LSP's enumerations come with functions for every structure of LSP. Its package does not say that they can be left out
 * where nothing uses them.
 * @type {import("esbuild").Plugin}
 */
export const enumerations = {
  name: "enumerations",
  setup(b) {
    b.onResolve({ filter: /^vscode-languageserver-types$/ }, async (args) =>
      isAsking(args) ? undefined : { path: (await resolveAsUsual(b, args)).path, sideEffects: false },
    );
  },
};

/**
 * undici has its HTTP parser twice, with and without SIMD; it takes the other one where the first cannot be compiled. One
 * document a click needs the plain one alone.
 * @type {import("esbuild").Plugin}
 */
export const onePlainParser = {
  name: "one-plain-parser",
  setup(b) {
    b.onResolve({ filter: /\/llhttp_simd-wasm\.js$/ }, ({ path, kind, resolveDir }) =>
      b.resolve(path.replace("_simd", ""), { kind, resolveDir }),
    );
  },
};
