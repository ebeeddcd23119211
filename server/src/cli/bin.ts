#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { serveChecks } from "./checkInThreads.js";
import { run } from "./main.js";
import { ProcessIo } from "./processIo.js";

/** Older versions lack what the rest calls, and would fail somewhere in the middle. */
const OLDEST_NODE = 22;

/** Runs the command line of this process. */
async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    process.stderr.write(`cimd needs Node.js ${OLDEST_NODE} or newer; this is ${process.versions.node}.\n`);
    process.exitCode = 2;
    return;
  }
  // This program is also what the threads of `cimd check` run.
  const io = new ProcessIo({ script: new URL(import.meta.url), count: availableParallelism() });
  io.finish(await run(process.argv.slice(2), io));
}

if (isMainThread) void main();
else serveChecks();
