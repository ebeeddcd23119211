#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { serveChecks } from "./checkInThreads.js";
import { processIo, run } from "./main.js";

/** Runs the command line of this process. */
function main(): void {
  // A reader that closes early (`cimd check … | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  // This program is also what the threads of `cimd check` run.
  const threads = { script: new URL(import.meta.url), count: availableParallelism() };
  run(process.argv.slice(2), { ...processIo(), threads }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(
        `cimd: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exitCode = 2;
    },
  );
}

if (isMainThread) main();
else serveChecks();
