import { parentPort, Worker, workerData } from "node:worker_threads";
import { type CheckJob, type CheckOutcome, type CheckRequest, checkFile } from "./checkFile.js";
import type { CliIo } from "./io.js";

/** How many files a thread gets at a time: few enough that all threads end together. */
const BATCH = 100;

/**
 * Checks files in several threads.
 *
 * @param threads `script` is the bundle of the command line, which calls `serveChecks` where it is not the main thread
 * @returns the outcomes in the order of the jobs, some at a time
 * @throws what a thread threw; the others are stopped
 */
export async function* checkInThreads(
  jobs: readonly CheckJob[],
  request: CheckRequest,
  { script, count }: NonNullable<CliIo["threads"]>,
): AsyncGenerator<readonly CheckOutcome[]> {
  const batches: (readonly CheckJob[])[] = [];
  for (let at = 0; at < jobs.length; at += BATCH) batches.push(jobs.slice(at, at + BATCH));
  const workers = batches.slice(0, count).map(() => new Worker(script, { workerData: request }));
  try {
    let next = 0;
    const done = batches.map(() => deferred<readonly CheckOutcome[]>());
    for (const worker of workers) {
      let current = -1;
      const send = (): void => {
        current = next++;
        if (current < batches.length) worker.postMessage(batches[current]);
      };
      worker.on("message", (outcomes: readonly CheckOutcome[]) => {
        done[current]?.resolve(outcomes);
        send();
      });
      worker.on("error", (error) => {
        for (const { reject } of done) reject(error);
      });
      send();
    }
    for (const { promise } of done) yield await promise;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** What a thread does: it answers each batch of jobs with their outcomes. */
export function serveChecks(): void {
  const request = workerData as CheckRequest;
  parentPort?.on("message", (jobs: readonly CheckJob[]) => {
    parentPort?.postMessage(jobs.map((job) => checkFile(job, request)));
  });
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>["resolve"] = () => {};
  let reject: Deferred<T>["reject"] = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for the first of them hears of the error; the others need not.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
