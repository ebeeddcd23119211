// Bundles the extension's client: the extension host's part, for desktops and for browsers, and the script of the webviews.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
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
 * Modules that a person's first use loads: each `import()` of one of them becomes a `require` of a file of its own.
 */
const DEFERRED = {
  createCommands: "client/src/create/createCommands.ts",
  exportHtml: "client/src/preview/exportHtml.ts",
  panelsOnFirstUse: "client/src/webview/panelsOnFirstUse.ts",
};

/** @type {import("esbuild").Plugin} */
const deferred = {
  name: "deferred",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path: imported }) => {
      const name = path.basename(imported, ".js");
      return kind === "dynamic-import" && Object.hasOwn(DEFERRED, name)
        ? { path: `./${name}.cjs`, external: true }
        : undefined;
    });
  },
};

/**
 * The library of the connection to the language server is a file of its own, read when the language server is started:
 * an editor without client metadata documents never needs it.
 */
const LANGUAGE_CLIENT = {
  file: "languageClientLibrary",
  package: "vscode-languageclient/node",
  /** What the sources use of it by value. */
  names: ["CloseAction", "ErrorAction", "LanguageClient", "RevealOutputChannelOn", "State", "TransportKind"],
};

/** @type {import("esbuild").Plugin} */
const languageClient = {
  name: "language-client",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode-languageclient(?:\/node)?$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: LANGUAGE_CLIENT.file, namespace: "language-client" },
    );
    onResolve({ filter: /.*/, namespace: "language-client" }, ({ path: file }) => ({
      path: file,
      external: true,
    }));
    onLoad({ filter: /.*/, namespace: "language-client" }, () => ({
      contents: `let library;
const read = () => (library ??= require("./${LANGUAGE_CLIENT.file}.cjs"));
module.exports = { ${LANGUAGE_CLIENT.names.map((name) => `get ${name}() { return read().${name}; }`).join(", ")} };`,
      loader: "js",
    }));
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
  const built = await Promise.all([
    build({
      ...common,
      entryPoints: {
        extension: "client/src/extension.ts",
        [LANGUAGE_CLIENT.file]: LANGUAGE_CLIENT.package,
        ...DEFERRED,
      },
      outExtension: { ".js": ".cjs" },
      format: "cjs",
      platform: "node",
      target: "node20",
      external: ["vscode"],
      plugins: [deferred, languageClient],
      supported: { "dynamic-import": false },
    }),
    build(webExtension),
    build({
      ...common,
      entryPoints: {
        page: "client/src/preview/page/main.ts",
        compatibility: "client/src/compatibility/page/main.ts",
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
