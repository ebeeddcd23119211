#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { serveChecks } from "./checkInThreads.js";
import { run } from "./main.js";
import { line } from "./printable.js";
import { ProcessIo } from "./processIo.js";

/** Older versions lack what the rest calls, and would fail somewhere in the middle. */
const OLDEST_NODE = 22;

/** Runs the command line of this process. */
async function main(): Promise<void> {
  // This program is also what the threads of `cimd check` run.
  const io = new ProcessIo({ script: new URL(import.meta.url), count: availableParallelism() });
  const { node } = process.versions;
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    io.stderr(line`cimd needs Node.js ${OLDEST_NODE} or newer; this is ${node}.`);
    io.finish(2);
  } else io.finish(await run(process.argv.slice(2), io));
}

if (isMainThread) void main();
else serveChecks();
