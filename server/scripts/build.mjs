// Bundles the language server, the command line and the npm API into server/dist. Nothing else is needed to run them.
//
//   languageServer.js, cimd.js, index.js   for Node.js; what they share, and what `import()` loads later, is in chunks/
//   languageServer.web.js                  the language server in a web worker: one classic script

import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { emptyDist } from "./emptyDist.mjs";
import { writeNotices } from "./notices.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const src = (file) => path.join(here, "src", file);
const dist = path.join(here, "dist");

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  outdir: dist,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  sourcemap: process.env["CIMD_SOURCEMAPS"] === "1" ? "linked" : false,
};

/** @type {import("esbuild").BuildOptions} */
const node = {
  ...common,
  entryPoints: {
    languageServer: src("lsp/main.node.ts"),
    cimd: src("cli/bin.ts"),
    index: src("index.ts"),
  },
  chunkNames: "chunks/[name]-[hash]",
  format: "esm",
  splitting: true,
  platform: "node",
  // jsonc-parser's UMD file, which `main` names, cannot be bundled: its inner `require` calls are invisible.
  mainFields: ["module", "main"],
  target: "node22",
  // `debug`, which oidc-provider has, takes it where somebody installed it.
  external: ["supports-color"],
  // CommonJS libraries require modules of Node.js.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

/** @type {import("esbuild").BuildOptions} */
export const webLanguageServer = {
  ...common,
  entryPoints: { "languageServer.web": src("lsp/main.browser.ts") },
  format: "iife",
  platform: "browser",
  mainFields: ["browser", "module", "main"],
  target: "es2022",
};

/** Builds everything anew, with the notices. */
export async function buildServer() {
  await emptyDist(dist);
  const built = await Promise.all([build(node), build(webLanguageServer)]);
  await writeNotices(
    dist,
    built.map(({ metafile }) => metafile),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildServer();
  console.log("server: built server/dist");
}
