/** Work and time of one size of a growing text. */
interface Measure {
  readonly length: number;
  readonly work: number;
  /** What the shortest of some runs took of the processor, in ms. */
  readonly time: number;
}

export interface GrowthOptions {
  run(text: string): void | Promise<void>;
  /** Sets the counters back. */
  start(): void;
  /** Branches that ran since `start`. */
  work(): number;
  /** What this thread has had of the processor, in ms. */
  readonly clock?: () => number;
}

/** Doublings that are looked at: 2 KB, 4 KB … 128 KB. */
const LENGTHS = [2, 4, 8, 16, 32, 64, 128].map((kilobytes) => kilobytes * 1024);
/** Work that grows by more than this with each of three doublings is more than linear (linear: 2, quadratic: 4). */
const STEEP = 3.2;
/** Less work than this says nothing about growth. */
const LEAST_WORK = 1_000_000;
/** The same for the time, which is noisy: over two doublings (linear: 4, quadratic: 16), in ms, and how often. */
const STEEP_TIME = 11;
const LEAST_TIME = 150;
const TRIES = 3;
/** A text that takes longer than this, in ms, is not doubled any more. */
const LONGEST_TIME = 4_000;

/** What this thread has had of the processor, in ms: other programs hardly make it longer. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * Looks for more than linear cost: repeats a piece of a text until it is large, and compares each size with the one before.
 * The work, counted in branches, is the same on every machine. The time also sees what native code does; it counts only
 * when every one of several tries is bad.
 *
 * @param grow the text of about a length
 * @returns what was seen, in words; nothing where it is linear
 */
export async function growsTooFast(
  grow: (length: number) => string,
  { run, start, work, clock = processorTime }: GrowthOptions,
): Promise<string | undefined> {
  const measure = async (text: string, runs: number): Promise<Measure> => {
    let time = Number.POSITIVE_INFINITY;
    for (let i = 0; i < runs; i++) {
      start();
      const began = clock();
      await run(text);
      time = Math.min(time, clock() - began);
    }
    return { length: text.length, work: work(), time };
  };
  const measures: Measure[] = [];
  for (const length of LENGTHS) {
    const now = await measure(grow(length), 1);
    const [threeBefore, twoBefore, before] = [measures.at(-3), measures.at(-2), measures.at(-1)];
    if (before && twoBefore && threeBefore && now.work > LEAST_WORK) {
      const steep = [twoBefore.work / threeBefore.work, before.work / twoBefore.work, now.work / before.work];
      if (steep.every((ratio) => ratio > STEEP)) {
        return `the work grows ${steep.map((ratio) => ratio.toFixed(1)).join(", ")} times with doublings up to ${now.length} characters (${now.work} branches)`;
      }
    }
    if (twoBefore && now.time > LEAST_TIME && now.time / twoBefore.time > STEEP_TIME) {
      const ratios: number[] = [];
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const small = await measure(grow(twoBefore.length), 4);
        const large = await measure(grow(length), 2);
        ratios.push(large.time / small.time);
      }
      // Where a text outgrows a cache, the time makes a step; where the cost is more than linear, it goes on so.
      const goesOn = async (): Promise<boolean> =>
        now.time > LONGEST_TIME / 4 || (await measure(grow(length * 4), 1)).time / now.time > STEEP_TIME;
      if (ratios.every((ratio) => ratio > STEEP_TIME) && (await goesOn())) {
        return `the time grows ${ratios.map((ratio) => ratio.toFixed(1)).join(", ")} times with two doublings up to ${now.length} characters (${now.time.toFixed(0)} ms)`;
      }
    }
    measures.push(now);
    if (now.time > LONGEST_TIME) break;
  }
  return undefined;
}

/**
 * Texts in which a piece of another one is repeated.
 *
 * @param from where the piece starts, and where it ends
 * @param numbered whether each copy gets a number, so that they are not the same
 */
export function repeatPiece(
  text: string,
  from: number,
  to: number,
  separator: string,
  numbered: boolean,
): (length: number) => string {
  const piece = text.slice(from, to);
  return (length) => {
    const pieces = [text.slice(0, to)];
    for (let left = length - text.length, index = 0; left > 0; index++) {
      const copy = separator + (numbered ? piece.replace(/\w(?!\w)/, (last) => `${last}${index}`) : piece);
      if (copy.length === 0) break;
      pieces.push(copy);
      left -= copy.length;
    }
    pieces.push(text.slice(to));
    return pieces.join("");
  };
}
