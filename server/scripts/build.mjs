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

/**
 * Modules that the first diagnostics do not need. In the CommonJS bundles each becomes a file of its own, required
 * at the first call of one of its functions. Only functions may be exported from them. `whole` keeps the rules' examples.
 */
const DEFERRED = {
  // The language's texts are set once, for all the files that say something.
  messages: { module: "localisation/messages.ts", exports: ["currentMessages", "setMessages"] },
  jsonService: {
    module: "languageFeatures/jsonService.ts",
    exports: ["completeJson", "symbolsOfJson", "foldingRangesOfJson", "selectionRangesOfJson", "formatJson"],
  },
  explanations: {
    module: "lsp/explanations.ts",
    exports: ["compatibilityView", "consentView", "hover", "rulePage", "ruleTitles"],
    whole: true,
  },
  keyFacts: { module: "languageFeatures/keyFacts.ts", exports: ["keyFacts", "keysOf"] },
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

/** Examples of rules are for tests and documentation. */
const examples = { folder: src("rules"), beside: "why", properties: ["bad", "good"] };
/** Prose that only hovers, completion and views show; each of those is a file of its own and has it. */
const prose = [
  { folder: src("rules"), beside: "why", properties: ["why", "title"] },
  { folder: src("metadata"), beside: "summary", properties: ["summary", "examples"] },
  { folder: src("servers"), beside: "readCompletely", properties: ["evidence"] },
];
const withoutExamples = leaveOutTexts([examples]);
const withoutProse = leaveOutTexts([examples, ...prose]);

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
  plugins: [deferred(), withoutProse],
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

export async function buildServer() {
  const cjs = {
    ...common,
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    outdir: dist,
    plugins: [deferred(), withoutExamples],
  };
  const built = await Promise.all([
    build({
      ...cjs,
      entryPoints: { languageServer: src("lsp/main.node.ts") },
      banner: { js: "#!/usr/bin/env node" },
      plugins: [deferred(), withoutProse],
    }),
    build(webLanguageServer),
    build({ ...cjs, entryPoints: { cimd: src("cli/bin.ts") }, banner: { js: "#!/usr/bin/env node" } }),
    ...Object.entries(DEFERRED).map(([name, { module, whole }]) =>
      build({
        ...cjs,
        entryPoints: { [name]: src(module) },
        ...(whole ? { plugins: [deferred()] } : {}),
      }),
    ),
    build({
      ...common,
      format: "esm",
      entryPoints: { index: src("index.ts") },
      outdir: dist,
      splitting: true,
      plugins: [withoutExamples],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
    }),
  ]);
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
