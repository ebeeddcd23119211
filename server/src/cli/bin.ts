#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { serveChecks } from "./checkInThreads.js";
import { run } from "./main.js";
import { ProcessIo } from "./processIo.js";

/** Runs the command line of this process. */
async function main(): Promise<void> {
  // This program is also what the threads of `cimd check` run.
  const io = new ProcessIo({ script: new URL(import.meta.url), count: availableParallelism() });
  io.finish(await run(process.argv.slice(2), io));
}

if (isMainThread) void main();
else serveChecks();
