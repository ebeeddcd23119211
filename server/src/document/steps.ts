/** So many members, items or the like are done between two pauses: together they take a millisecond or two. */
const BETWEEN_PAUSES = 1000;

/** Says when a loop over what a document may have thousands of should pause. */
export class Pace {
  #unpaused = 0;

  /** Counts one turn of the loop; now and then, it is time for a pause. */
  isTimeToPause(): boolean {
    if (++this.#unpaused < BETWEEN_PAUSES) return false;
    this.#unpaused = 0;
    return true;
  }
}

/** Takes all steps of a generator at once. */
export function finish<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
