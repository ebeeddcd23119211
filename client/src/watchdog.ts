/** What a {@link Watchdog} needs to know, and whom it tells. */
export interface Watched {
  /** How long an answer may take, in seconds; asked when one is late. */
  readonly patience: () => number;
  /** No answer came within the patience. Told once for each question. */
  readonly onSilence: (seconds: number) => void;
  /** The answer that was missed has come after all. */
  readonly onAnswer: () => void;
}

/** Between two looks, in ms. */
const TICK = 1_000;

/**
 * Notices that the other side of a connection does not answer any more. It asks only after something else was sent, one
 * question at a time, so that an idle connection costs nothing. Time is counted in looks and not by the clock: a computer
 * that slept, or an extension host that was busy itself, is nobody else's silence.
 */
export class Watchdog {
  readonly #watched: Watched;
  #timer: ReturnType<typeof setInterval> | undefined;
  #looks = 0;
  /** The question without an answer. */
  #open: Promise<unknown> | undefined;
  /** What to ask at the next look. */
  #next: (() => Promise<unknown>) | undefined;
  #isSilent = false;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Whether an answer is missed. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /**
   * Something was sent that has to be worked on.
   *
   * @param ask puts a question that is answered behind it; any answer counts, an error too
   */
  expect(ask: () => Promise<unknown>): void {
    this.#next = ask;
    this.#timer ??= setInterval(() => this.#look(), TICK);
  }

  /** Forgets what was asked: the other side is gone, or is another one. */
  forget(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#open = undefined;
    this.#next = undefined;
    this.#isSilent = false;
  }

  #look(): void {
    if (this.#open !== undefined) {
      this.#looks++;
      if (this.#isSilent || this.#looks * TICK < this.#watched.patience() * 1_000) return;
      this.#isSilent = true;
      this.#watched.onSilence((this.#looks * TICK) / 1_000);
      return;
    }
    const ask = this.#next;
    this.#next = undefined;
    if (ask === undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.#looks = 0;
    const question = ask();
    this.#open = question;
    const answered = (): void => {
      if (this.#open !== question) return;
      this.#open = undefined;
      if (!this.#isSilent) return;
      this.#isSilent = false;
      this.#watched.onAnswer();
    };
    question.then(answered, answered);
  }
}
