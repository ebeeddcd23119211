// Bundles the language server, the command line and the npm API into server/dist.

import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { leaveOutTexts } from "./leaveOutTexts.mjs";
import { writeNotices } from "./notices.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const src = (file) => path.join(here, "src", file);
const dist = path.join(here, "dist");

/** Examples of rules are for tests and documentation. */
const EXAMPLES = [{ folder: src("rules"), beside: "why", properties: ["bad", "good"] }];
/** Prose that only hovers, completion and views show; the files of those have it. */
const PROSE = [
  { folder: src("rules"), beside: "why", properties: ["why", "title"] },
  { folder: src("metadata"), beside: "summary", properties: ["summary", "examples"] },
  { folder: src("servers"), beside: "readCompletely", properties: ["evidence"] },
];
/** What mends and what finds: a file that has one of them needs nothing of the other. */
const FIXES = [
  { folder: src("rules"), beside: "check", properties: ["fix"] },
  { folder: src("rules"), beside: "why", properties: ["mend"] },
];
const CHECKS = [
  { folder: src("rules"), beside: "check", properties: ["check"] },
  { folder: src("rules"), beside: "why", properties: ["test"] },
];
/** What the diagnostics, and all that shares their code, can do without. */
const NOT_IN_CORE = [...EXAMPLES, ...PROSE, ...FIXES];

/**
 * Modules that the first diagnostics do not need. In the CommonJS bundles each becomes a file of its own, required
 * at the first call of one of its functions. Only functions may be exported from them. `leaveOut` is what nothing in it
 * reads; `core` shares the code that the diagnostics need, with the `except`ion of a folder.
 */
const DEFERRED = {
  // The language's texts are set once, for all the files that say something.
  messages: { module: "localisation/messages.ts", exports: ["currentMessages", "setMessages"] },
  jsonService: {
    module: "languageFeatures/jsonService.ts",
    exports: ["completeJson", "symbolsOfJson", "foldingRangesOfJson", "selectionRangesOfJson", "formatJson"],
  },
  fixes: {
    module: "rules/fixes.ts",
    exports: ["fixesByRule"],
    leaveOut: [...EXAMPLES, ...PROSE, ...CHECKS],
    core: { except: src("rules") },
  },
  otherRequests: {
    module: "lsp/otherRequests.ts",
    exports: ["answerOtherRequests"],
    leaveOut: NOT_IN_CORE,
    core: {},
  },
  explanations: {
    module: "lsp/explanations.ts",
    exports: ["compatibilityView", "consentView", "hover", "rulePage", "ruleTitles"],
    leaveOut: [...CHECKS, ...FIXES],
  },
  keyFacts: { module: "languageFeatures/keyFacts.ts", exports: ["keyFacts", "keysOf"] },
  addressRange: { module: "uri/addressRange.ts", exports: ["isGlobalUnicast"] },
  publicSuffix: { module: "uri/publicSuffix.ts", exports: ["isPublicSuffix", "isTopLevelDomain"] },
  confusables: { module: "uri/confusables.ts", exports: ["asciiLookAlike", "mixesScripts"] },
  hosted: {
    module: "hosted/onFirstUse.ts",
    exports: ["fetchLogo", "offeredExtras", "runDiscovery", "runHostedCheck"],
  },
  create: {
    module: "create/onFirstUse.ts",
    exports: [
      "clientCode",
      "documentWithKey",
      "generateSigningKey",
      "hostingConfiguration",
      "keyPlaceOf",
      "keySetWithKey",
      "pathsToConfigure",
    ],
  },
  nodeFetcher: { module: "hosted/nodeFetcher.ts", exports: ["createNodeFetcher"] },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  target: "node20",
  platform: "node",
  mainFields: ["module", "main"],
  alias: {
    // What it has for Node reads files, which is not used, and which a web worker does not have.
    "@vscode/l10n": fileURLToPath(
      new URL("../../node_modules/@vscode/l10n/dist/browser.js", import.meta.url),
    ),
    undici: fileURLToPath(new URL("undiciClient.cjs", import.meta.url)),
    // Its ESM build asks for `import.meta.url`, which a CommonJS bundle does not have.
    tinyglobby: fileURLToPath(new URL("../../node_modules/tinyglobby/dist/index.cjs", import.meta.url)),
  },
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  sourcemap: process.env["CIMD_SOURCEMAPS"] === "1" ? "linked" : false,
};

/**
 * LSP's enumerations come with functions for every structure of LSP. Its package does not say that they can be left out
 * where nothing uses them.
 * @type {import("esbuild").Plugin}
 */
const enumerations = {
  name: "enumerations",
  setup(b) {
    b.onResolve(
      { filter: /^vscode-languageserver-types$/ },
      async ({ path: name, kind, resolveDir, pluginData }) => {
        if (pluginData?.seen) return undefined;
        const found = await b.resolve(name, { kind, resolveDir, pluginData: { seen: true } });
        return { path: found.path, sideEffects: false };
      },
    );
  },
};

/**
 * undici has its HTTP parser twice, with and without SIMD; it takes the other one where the first cannot be compiled. One
 * document a click needs the plain one alone.
 * @type {import("esbuild").Plugin}
 */
const onePlainParser = {
  name: "one-plain-parser",
  setup(b) {
    b.onResolve({ filter: /\/llhttp_simd-wasm\.js$/ }, ({ path: file, kind, resolveDir }) =>
      b.resolve(file.replace("_simd", ""), { kind, resolveDir }),
    );
  },
};

/** @returns {import("esbuild").Plugin} */
function deferred() {
  const byPath = new Map(
    Object.entries(DEFERRED).map(([name, entry]) => [src(entry.module), { name, ...entry }]),
  );
  return {
    name: "deferred",
    setup(b) {
      b.onResolve({ filter: /^\./ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData?.seen) return undefined;
        const found = await b.resolve(args.path, {
          kind: args.kind,
          resolveDir: args.resolveDir,
          importer: args.importer,
          pluginData: { seen: true },
        });
        const entry = byPath.get(found.path);
        return entry ? { path: entry.name, namespace: "deferred" } : undefined;
      });
      b.onResolve({ filter: /.*/, namespace: "deferred" }, (args) => ({ path: args.path, external: true }));
      b.onLoad({ filter: /.*/, namespace: "deferred" }, (args) => {
        const { name, exports } = /** @type {any} */ (
          Object.entries(DEFERRED)
            .map(([n, e]) => ({ name: n, ...e }))
            .find((e) => e.name === args.path)
        );
        const body = exports
          .map((fn) => `export const ${fn} = (...given) => load().${fn}(...given);`)
          .join("\n");
        return {
          contents: `let module_;\nconst load = () => (module_ ??= require("./${name}.cjs"));\n${body}`,
          loader: "js",
        };
      });
    },
  };
}

/**
 * The language server in a web worker. Whoever starts the worker puts this file and those it requires together into one
 * script (`client/src/web/workerScript.ts`), so that browsers and desktops share the deferred files.
 * @type {import("esbuild").BuildOptions}
 */
export const webLanguageServer = {
  ...common,
  entryPoints: { "languageServer.web": src("lsp/main.browser.ts") },
  outExtension: { ".js": ".cjs" },
  outdir: dist,
  format: "cjs",
  platform: "browser",
  mainFields: ["browser", "module", "main"],
  plugins: [enumerations, deferred(), leaveOutTexts(NOT_IN_CORE)],
};

/** The name of the list of files that the language server in a web worker may require. */
export const WEB_FILES = "languageServer.web.json";

/**
 * @param {readonly import("esbuild").Metafile[]} metafiles of all CommonJS bundles
 * @returns {string[]} the files that the language server in a web worker requires, directly or not
 */
function filesForWeb(metafiles) {
  const bundles = new Map(
    metafiles.flatMap(({ outputs }) =>
      Object.entries(outputs).map(([file, { imports }]) => [path.basename(file), imports]),
    ),
  );
  const needed = new Set(["languageServer.web.cjs"]);
  for (const file of needed) {
    for (const { path: required, external } of bundles.get(file) ?? []) {
      if (external && required.startsWith("./")) needed.add(path.basename(required));
    }
  }
  return [...needed].slice(1).sort();
}

/** What the diagnostics need: these modules and all that they import. */
const CORE = [
  "check/analyse.ts",
  "check/hosting.ts",
  "languageFeatures/diagnostics.ts",
  "lsp/responseError.ts",
];

/** The part of the LSP library that is the same in Node and in a browser. */
const LSP_LIBRARY = fileURLToPath(
  new URL("../../node_modules/vscode-languageserver/lib/common/api.js", import.meta.url),
);

/**
 * Moves what the diagnostics need into one file that the other files of the language server require, so that it is read,
 * compiled and kept once.
 */
class Core {
  /** Absolute paths of its modules. */
  #modules = new Set();
  /** Those that other files import. */
  #asked = new Set();

  static async find() {
    const core = new Core();
    const { metafile } = await build({
      ...common,
      write: false,
      outdir: dist,
      entryPoints: [...CORE.map(src), LSP_LIBRARY],
      plugins: [enumerations, deferred(), leaveOutTexts(NOT_IN_CORE)],
    });
    for (const file of Object.keys(metafile.inputs)) core.#modules.add(path.resolve(file));
    return core;
  }

  /**
   * @param {{ except?: string }} options a folder whose modules the bundle has itself
   * @returns {import("esbuild").Plugin} for the bundles that share it
   */
  plugin({ except } = {}) {
    return {
      name: "core",
      setup: (b) => {
        // Its own modules, the LSP library's among each other, and the names of LSP's numbers.
        b.onResolve({ filter: /^\.|^vscode-languageserver-types$/ }, async (args) => {
          if (args.kind === "entry-point" || args.pluginData?.seen || args.namespace !== "file")
            return undefined;
          const { kind, resolveDir, importer } = args;
          const found = await b.resolve(args.path, {
            kind,
            resolveDir,
            importer,
            pluginData: { seen: true },
          });
          if (!this.#modules.has(found.path) || (except && found.path.startsWith(except))) return undefined;
          this.#asked.add(found.path);
          return { path: found.path, namespace: "core" };
        });
        b.onResolve({ filter: /.*/, namespace: "core" }, (args) => ({ path: args.path, external: true }));
        b.onLoad({ filter: /.*/, namespace: "core" }, (args) => ({
          contents: `module.exports = require("./core.cjs").${nameInCore(args.path)};`,
          loader: "js",
        }));
      },
    };
  }

  /** Builds the file itself; after the bundles that share it. */
  build(options) {
    const exported = [...this.#asked]
      .sort()
      .map((file) => `export * as ${nameInCore(file)} from ${JSON.stringify(file)};`);
    return build({
      ...options,
      stdin: { contents: exported.join("\n"), resolveDir: here, sourcefile: "core.ts" },
      entryNames: "core",
      plugins: [enumerations, deferred(), leaveOutTexts(NOT_IN_CORE)],
    });
  }
}

function nameInCore(file) {
  return path.relative(src(""), file).replace(/\.ts$/, "").replace(/\W/g, "_");
}

export async function buildServer() {
  const core = await Core.find();
  const cjs = {
    ...common,
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    outdir: dist,
    plugins: [enumerations, deferred(), leaveOutTexts(EXAMPLES)],
  };
  const built = await Promise.all([
    build({
      ...cjs,
      entryPoints: { languageServer: src("lsp/main.node.ts") },
      banner: { js: "#!/usr/bin/env node" },
      plugins: [core.plugin(), enumerations, deferred(), leaveOutTexts(NOT_IN_CORE)],
    }),
    build({
      ...webLanguageServer,
      plugins: [core.plugin(), enumerations, deferred(), leaveOutTexts(NOT_IN_CORE)],
    }),
    build({ ...cjs, entryPoints: { cimd: src("cli/bin.ts") }, banner: { js: "#!/usr/bin/env node" } }),
    ...Object.entries(DEFERRED).map(([name, { module, leaveOut = EXAMPLES, core: shared }]) =>
      build({
        ...cjs,
        entryPoints: { [name]: src(module) },
        plugins: [
          ...(shared ? [core.plugin(shared)] : []),
          enumerations,
          onePlainParser,
          deferred(),
          leaveOutTexts(leaveOut),
        ],
      }),
    ),
    build({
      ...common,
      format: "esm",
      entryPoints: { index: src("index.ts") },
      outdir: dist,
      splitting: true,
      plugins: [onePlainParser, leaveOutTexts(EXAMPLES)],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
    }),
  ]);
  built.push(await core.build(cjs));
  await writeFile(
    path.join(dist, WEB_FILES),
    JSON.stringify(filesForWeb(built.map(({ metafile }) => metafile))),
  );
  await removeStale(built.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  await writeNotices(
    dist,
    built.map(({ metafile }) => metafile),
  );
}

/** Chunks carry a hash in their name, so those of an earlier build would stay and be shipped. */
async function removeStale(outputs) {
  const current = new Set(outputs.map((file) => path.basename(file)));
  for (const name of await readdir(dist)) {
    if (/\.c?js(\.map)?$/.test(name) && !current.has(name)) await rm(path.join(dist, name));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildServer();
  console.log("server: built server/dist");
}
