// Bundles the extension's client: the extension host's part, for desktops and for browsers, and the script of the webviews.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { emptyDist } from "../../server/scripts/emptyDist.mjs";
import { writeNotices } from "../../server/scripts/notices.mjs";

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
  metafile: true,
  outdir: "client/dist",
  bundle: true,
  minify: true,
  // jsonc-parser's UMD file, which `main` names, cannot be bundled: its inner `require` calls are invisible.
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "warning",
  sourcemap: process.env["CIMD_SOURCEMAPS"] === "1" ? "linked" : false,
};

/**
 * Files beside extension.cjs, by name: what a person's first use loads (CommonJS has no code splitting), and the module
 * whose state all of them share.
 */
const FILES = {
  createCommands: "client/src/create/createCommands.ts",
  exportHtml: "client/src/preview/exportHtml.ts",
  languageClient: "vscode-languageclient/node",
  messages: "server/src/localisation/messages.ts",
  panelsOnFirstUse: "client/src/webview/panelsOnFirstUse.ts",
};

/**
 * Leaves the imports of `FILES` to Node.js.
 * @type {import("esbuild").Plugin}
 */
const separateFiles = {
  name: "separate-files",
  setup({ onResolve }) {
    const names = new Map(
      Object.entries(FILES).map(([name, file]) => [
        file.endsWith(".ts") ? path.join(common.absWorkingDir, file) : file,
        name,
      ]),
    );
    names.set("vscode-languageclient", "languageClient");
    onResolve({ filter: /.*/ }, ({ kind, path: imported, resolveDir }) => {
      if (kind === "entry-point") return undefined;
      const name = names.get(
        imported.startsWith(".") ? path.resolve(resolveDir, imported).replace(/\.js$/, ".ts") : imported,
      );
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
  },
};

/**
 * The extension in a browser: one file, because VS Code's web worker gives it `vscode` and no other module. It is named
 * .cjs because the package is an ES module, which that worker refuses.
 * @type {import("esbuild").BuildOptions}
 */
export const webExtension = {
  ...common,
  entryPoints: { "extension.web": "client/src/extension.web.ts" },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  platform: "browser",
  mainFields: ["browser", "module", "main"],
  target: "es2022",
  external: ["vscode"],
};

/**
 * Builds client/dist/extension.cjs, extension.web.cjs and the scripts of the webviews, with source maps where `CIMD_SOURCEMAPS=1`.
 * @returns {Promise<void>}
 * @throws {import("esbuild").BuildFailure} whose messages esbuild has printed
 */
export async function buildClient() {
  await emptyDist(path.join(common.absWorkingDir, common.outdir));
  const built = await Promise.all([
    build({
      ...common,
      entryPoints: { extension: "client/src/extension.ts", ...FILES },
      outExtension: { ".js": ".cjs" },
      format: "cjs",
      platform: "node",
      target: "node22",
      external: ["vscode"],
      plugins: [separateFiles],
      // `require` is what VS Code gives `vscode` to.
      supported: { "dynamic-import": false },
    }),
    build(webExtension),
    build({
      ...common,
      entryPoints: {
        page: "client/src/preview/page/main.ts",
        compatibility: "client/src/compatibility/page/main.ts",
        rehearsal: "client/src/rehearsal/page/main.ts",
      },
      format: "iife",
      platform: "browser",
      target: "chrome120",
    }),
  ]);
  await writeNotices(
    path.join(common.absWorkingDir, common.outdir),
    built.map(({ metafile }) => metafile),
    common.absWorkingDir,
  );
}

if (path.resolve(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) {
  await buildClient();
  console.log("client: built client/dist");
}
