import { Coverage } from "./coverage.js";
import { LONGEST, Mutator } from "./mutate.js";
import { Random } from "./random.js";

/** A text that broke a promise, made as short as it goes. */
export interface Finding {
  /** The same for findings of one cause. */
  readonly signature: string;
  readonly text: string;
  /** The error with its stack. */
  readonly error: string;
}

export interface FuzzerOptions {
  readonly seed: number;
  readonly counters: Uint32Array;
  readonly words: readonly string[];
  run(text: string): void | Promise<void>;
  /** Signatures that are known already and not told again. */
  readonly known?: readonly string[];
  /** Told of each text before it is run, so that whoever watches can name one that never ends. */
  readonly onRun?: (text: string) => void;
  /** Told of each text that reaches something new. */
  readonly onKept?: (text: string) => void;
}

/** How many runs a finding may cost to be made shorter. */
const SHORTENING_RUNS = 400;

/**
 * Coverage-guided fuzzing: texts that reach a branch (or reach it more often than before) are kept, and changed further.
 * The whole of AFL that is worth having for texts: https://lcamtuf.coredump.cx/afl/technical_details.txt, §1 to §4.
 */
export class Fuzzer {
  readonly #options: FuzzerOptions;
  readonly #random: Random;
  readonly #mutator: Mutator;
  readonly #coverage: Coverage;
  readonly #corpus: string[] = [];
  readonly #known: Set<string>;
  readonly #findings = new Map<string, Finding>();
  runs = 0;

  constructor(options: FuzzerOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#mutator = new Mutator(this.#random, options.words);
    this.#coverage = new Coverage(options.counters);
    this.#known = new Set(options.known);
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** Texts that reach everything that has been reached. */
  get corpus(): readonly string[] {
    return this.#corpus;
  }

  /** Branches that ran at least once. */
  get reached(): number {
    return this.#coverage.reached;
  }

  /** Runs one text; keeps it when it reaches something new. */
  async add(text: string): Promise<void> {
    if (text.length > LONGEST) return;
    const failure = await this.#try(text);
    if (failure) {
      if (!this.#known.has(failure.signature)) await this.#found(text, failure);
    } else if (this.#coverage.finish().isNew) {
      this.#corpus.push(text);
      this.#options.onKept?.(text);
    }
  }

  /** Changes one text of the corpus and runs it. */
  async step(): Promise<void> {
    const corpus = this.#corpus.length > 0 ? this.#corpus : [""];
    // The newest texts stand at the frontier: half of the time one of the last fifth.
    const fifth = Math.max(1, Math.floor(corpus.length / 5));
    const text = this.#random.once(2)
      ? this.#random.pick(corpus)
      : (corpus[corpus.length - 1 - this.#random.below(fifth)] as string);
    await this.add(this.#mutator.mutate(text, this.#random.pick(corpus)));
  }

  async #try(text: string): Promise<{ signature: string; error: string } | undefined> {
    this.runs++;
    this.#options.onRun?.(text);
    this.#coverage.start();
    try {
      await this.#options.run(text);
      return undefined;
    } catch (error) {
      return { signature: signatureOf(error), error: describe(error) };
    }
  }

  async #found(text: string, { signature, error }: { signature: string; error: string }): Promise<void> {
    // Noted at once: shortening may run into what never ends.
    this.#known.add(signature);
    this.#findings.set(signature, { signature, text, error });
    let shortest = text;
    let last = error;
    let runs = 0;
    for (let size = text.length >>> 1; size >= 1; size >>>= 1) {
      for (let at = 0; at < shortest.length && runs < SHORTENING_RUNS; runs++) {
        const shorter = shortest.slice(0, at) + shortest.slice(at + size);
        const failure = await this.#try(shorter);
        if (failure?.signature === signature) {
          shortest = shorter;
          last = failure.error;
        } else at += size;
      }
    }
    this.#findings.set(signature, { signature, text: shortest, error: last });
  }
}

/** A broken promise is one cause; of other errors, the place where they were thrown is. */
export function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("promise" in error) return String(error.promise);
  const [place = ""] = /^\s+at .*$/m.exec(error.stack ?? "") ?? [];
  return `${error.name} ${place.trim().replace(/:\d+:\d+\)?$/, "")}`;
}

/** An error for people, with its stack. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
