/** How often a branch ran, in steps that matter: once, twice, a few times, often. */
function step(count: number): number {
  if (count < 4) return 1 << (count - 1);
  if (count < 8) return 8;
  if (count < 16) return 16;
  if (count < 32) return 32;
  return count < 128 ? 64 : 128;
}

/** What has been reached so far, branch by branch. */
export class Coverage {
  readonly #counters: Uint32Array;
  readonly #seen: Uint8Array;
  /** Branches that ran at least once. */
  reached = 0;

  /** @param counters what instrumented code counts in */
  constructor(counters: Uint32Array) {
    this.#counters = counters;
    this.#seen = new Uint8Array(counters.length);
  }

  /** Sets the counters back, before a run. */
  start(): void {
    this.#counters.fill(0);
  }

  /**
   * Takes over what a run has counted.
   *
   * @returns whether it reached something new, and how many branches it ran through altogether
   */
  finish(): { readonly isNew: boolean; readonly work: number } {
    let isNew = false;
    let work = 0;
    for (let index = 0; index < this.#counters.length; index++) {
      const count = this.#counters[index] as number;
      if (count === 0) continue;
      work += count;
      const bit = step(count);
      const before = this.#seen[index] as number;
      if ((before & bit) !== 0) continue;
      if (before === 0) this.reached++;
      this.#seen[index] = before | bit;
      isNew = true;
    }
    return { isNew, work };
  }
}
