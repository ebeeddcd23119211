// Rebuilds the bundles of client and server, with source maps, whenever a source changes. Between `[watch] build started`
// and `[watch] build finished` stand esbuild's own messages: the background problem matcher of the task `watch` in
// .vscode/tasks.json understands both.
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";

process.env["CIMD_SOURCEMAPS"] = "1"; // the two build scripts read it when they are loaded
const { buildClient } = await import("./build.mjs");
const { buildServer } = await import("../../server/scripts/build.mjs");

/** An editor writes a file in several steps: a change counts when nothing has followed it for so many milliseconds. */
const QUIET = 100;

/** What to build after a change in which folder; the client's bundle contains modules of the server. */
const PARTS = [
  { folder: "server/src", builds: [buildServer, buildClient] },
  { folder: "client/src", builds: [buildClient] },
];

/** @type {Set<() => Promise<void>>} */
const wanted = new Set();
let building = false;
/** @type {NodeJS.Timeout | undefined} */
let timer;

/** Builds what is wanted, one after the other, until nothing more is wanted. */
async function rebuild() {
  if (building) return; // the running loop will see what was added
  building = true;
  while (wanted.size > 0) {
    console.log("[watch] build started");
    const builds = [...wanted];
    wanted.clear();
    for (const build of builds) {
      await build().catch((error) => {
        if (error.errors === undefined) console.error(error); // a BuildFailure has been printed by esbuild
      });
    }
    console.log("[watch] build finished");
  }
  building = false;
}

/** @param {readonly (() => Promise<void>)[]} builds */
function schedule(builds) {
  for (const build of builds) wanted.add(build);
  clearTimeout(timer);
  timer = setTimeout(() => void rebuild(), QUIET);
}

for (const { folder, builds } of PARTS) {
  const absolute = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  watch(absolute, { recursive: true }, () => schedule(builds));
}
schedule([buildServer, buildClient]);
