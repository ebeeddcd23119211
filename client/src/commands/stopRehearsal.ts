import type { LazyRehearsal } from "../rehearsal/lazyRehearsal.js";

/** `CIMD: Stop Rehearsal`: what happened in it stays to be read. */
export function stopRehearsal(rehearsal: LazyRehearsal): Promise<void> {
  return rehearsal.stop();
}
