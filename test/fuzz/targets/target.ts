/** One part of the product that any text may reach, and what has to hold for it whatever the text says. */
export interface FuzzTarget {
  /** Names the target on the command line and its folder below `corpus/`. */
  readonly name: string;
  /** What it holds, in a few words. */
  readonly holds: string;
  /** Texts to start from. */
  seeds(): readonly string[];
  /**
   * Puts one text through the target.
   *
   * @throws {Violation} when something does not hold; any other error means that the product threw
   */
  run(text: string): void | Promise<void>;
}

/** Something does not hold. Findings of one name are told once. */
export class Violation extends Error {
  override readonly name = "Violation";
  /** Which promise is broken; the same for all texts that break it. */
  readonly promise: string;

  /** @param detail for people: what was seen */
  constructor(promise: string, detail = "") {
    super(detail === "" ? promise : `${promise}: ${detail}`);
    this.promise = promise;
  }
}

/**
 * @param promise what holds, in words that do not depend on the text
 * @throws {Violation} unless it holds
 */
export function holds(
  condition: boolean,
  promise: string,
  detail: () => string = () => "",
): asserts condition {
  if (!condition) throw new Violation(promise, detail());
}

/** Whether two values are the same JSON; the order of members counts. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What JSON.parse reads; `undefined` where it refuses. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
