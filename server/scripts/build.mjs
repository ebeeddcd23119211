// Bundles the language server, the command line and the npm API into server/dist.
//
// The language server is in several CommonJS files, so that an editor waits for little before it is answered, and for what the
// diagnostics take before the first of these:
//
//   languageServer.cjs            the connection; languageServer.web.cjs is the same for a web worker
//   checking.cjs, hosted.cjs, …   each required at the first call of one of its functions (`DEFERRED`, bundling/deferred.mjs)
//   lsp.cjs, core.cjs             what several of them share (`LSP_LIBRARY`, `CORE`, bundling/shared.mjs)
//
// What two files need and neither of the shared ones has, each has a copy of, with module variables of its own. So a
// module with a state that all must share is deferred (localisation/messages.ts). Of the rules, fields and servers, a file
// has only the properties that something in it reads (`EXAMPLES`, `PROSE`, …, bundling/leaveOut.mjs).

import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { deferred } from "./bundling/deferred.mjs";
import { leaveOut } from "./bundling/leaveOut.mjs";
import { ALIASES, enumerations, LSP_LIBRARY, onePlainParser } from "./bundling/libraries.mjs";
import { findShared } from "./bundling/shared.mjs";
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
 * Modules that an editor need not wait for when it starts the language server, by the name of their file. They export
 * functions only. `omissions` are what nothing in the file reads; one with `core` shares core.cjs, as `SharedFile.plugin` says.
 */
const DEFERRED = {
  checking: {
    module: src("lsp/checking.ts"),
    exports: ["createAnalyses", "diagnostics", "hostedUrl", "readSettings"],
    omissions: NOT_IN_CORE,
    core: {},
  },
  // The language's texts are set once, for all the files that say something.
  messages: { module: src("localisation/messages.ts"), exports: ["currentMessages", "setMessages"] },
  jsonService: {
    module: src("languageFeatures/jsonService.ts"),
    exports: ["completeJson", "symbolsOfJson", "foldingRangesOfJson", "selectionRangesOfJson", "formatJson"],
  },
  fixes: {
    module: src("rules/fixes.ts"),
    exports: ["fixesByRule"],
    omissions: [...EXAMPLES, ...PROSE, ...CHECKS],
    core: { ownFolder: src("rules") },
  },
  otherRequests: {
    module: src("lsp/otherRequests.ts"),
    exports: ["answerOtherRequests"],
    omissions: NOT_IN_CORE,
    core: {},
  },
  explanations: {
    module: src("lsp/explanations.ts"),
    exports: ["compatibilityView", "consentView", "hover", "rulePage", "ruleTitles"],
    omissions: [...CHECKS, ...FIXES],
  },
  keyFacts: { module: src("languageFeatures/keyFacts.ts"), exports: ["keyFacts"] },
  addressRange: { module: src("uri/addressRange.ts"), exports: ["isGlobalUnicast"] },
  publicSuffix: { module: src("uri/publicSuffix.ts"), exports: ["isPublicSuffix", "isTopLevelDomain"] },
  confusables: { module: src("uri/confusables.ts"), exports: ["asciiLookAlike", "mixesScripts"] },
  hosted: {
    module: src("hosted/onFirstUse.ts"),
    exports: ["fetchLogo", "offeredExtras", "runDiscovery", "runHostedCheck"],
  },
  create: {
    module: src("create/onFirstUse.ts"),
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
  nodeFetcher: { module: src("hosted/node/index.ts"), exports: ["createNodeFetcher"] },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  target: "node20",
  platform: "node",
  mainFields: ["module", "main"],
  alias: ALIASES,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  sourcemap: process.env["CIMD_SOURCEMAPS"] === "1" ? "linked" : false,
};

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
};

/** The name of the list of files that the language server in a web worker may require. */
const WEB_FILES = "languageServer.web.json";

/**
 * @param {readonly import("esbuild").Metafile[]} metafiles of all bundles
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

/** What the diagnostics need: these modules and all that they import are core.cjs. */
const CORE = [src("check/analyse.ts"), src("check/hosting.ts"), src("languageFeatures/diagnostics.ts")];

/** Builds everything anew, with the list of files for web workers and the notices. */
export async function buildServer() {
  const cjs = { ...common, format: "cjs", outExtension: { ".js": ".cjs" }, outdir: dist };
  const plugins = (omissions) => [enumerations, onePlainParser, deferred(DEFERRED), leaveOut(omissions)];
  const lsp = await findShared("lsp", [LSP_LIBRARY], cjs);
  const core = await findShared("core", CORE, { ...cjs, plugins: plugins(NOT_IN_CORE) });
  const built = await Promise.all([
    build({
      ...cjs,
      entryPoints: { languageServer: src("lsp/main.node.ts") },
      banner: { js: "#!/usr/bin/env node" },
      plugins: [lsp.plugin(), ...plugins(NOT_IN_CORE)],
    }),
    build({ ...webLanguageServer, plugins: [lsp.plugin(), ...plugins(NOT_IN_CORE)] }),
    build({
      ...cjs,
      entryPoints: { cimd: src("cli/bin.ts") },
      banner: { js: "#!/usr/bin/env node" },
      plugins: plugins(EXAMPLES),
    }),
    ...Object.entries(DEFERRED).map(([name, { module, omissions = EXAMPLES, core: shared }]) =>
      build({
        ...cjs,
        entryPoints: { [name]: module },
        plugins: [...(shared ? [lsp.plugin(), core.plugin(shared)] : []), ...plugins(omissions)],
      }),
    ),
    build({
      ...common,
      format: "esm",
      entryPoints: { index: src("index.ts") },
      outdir: dist,
      splitting: true,
      plugins: [onePlainParser, leaveOut(EXAMPLES)],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
    }),
  ]);
  built.push(await lsp.build(), await core.build());
  const metafiles = built.map(({ metafile }) => metafile);
  await writeFile(path.join(dist, WEB_FILES), JSON.stringify(filesForWeb(metafiles)));
  await removeStale(metafiles.flatMap(({ outputs }) => Object.keys(outputs)));
  await writeNotices(dist, metafiles);
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
