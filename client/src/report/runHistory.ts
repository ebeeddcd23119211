/** Runs beyond these are forgotten, the oldest first. */
const MOST_RUNS = 10;

/** A run with the number it is chosen by. */
export interface NumberedRun<Run> {
  readonly id: number;
  readonly run: Run;
}

/** The last runs of a session, the newest first, one of which is chosen. */
export class RunHistory<Run> {
  #runs: readonly NumberedRun<Run>[] = [];
  #chosen: number | undefined;
  #count = 0;

  /** Remembers a run; a chosen one stays chosen. */
  add(run: Run): void {
    this.#count += 1;
    this.#runs = [{ id: this.#count, run }, ...this.#runs].slice(0, MOST_RUNS);
  }

  /** @returns whether there is a run with this number */
  choose(id: number): boolean {
    if (!this.#runs.some((known) => known.id === id)) return false;
    this.#chosen = id;
    return true;
  }

  /** The newest is chosen from now on, until another one is. */
  chooseNewest(): void {
    this.#chosen = undefined;
  }

  /** The chosen run, or the newest when none is chosen or the chosen one was forgotten. */
  get chosen(): NumberedRun<Run> | undefined {
    return this.#runs.find(({ id }) => id === this.#chosen) ?? this.#runs[0];
  }

  get runs(): readonly NumberedRun<Run>[] {
    return this.#runs;
  }
}
