import type { FetchStage, FetchTrail } from "../fetcher.js";

/** What is known of an exchange so far; each part adds what it learns. */
export type Trail = { -readonly [Key in keyof FetchTrail]: FetchTrail[Key] } & {
  durations: Partial<Record<FetchStage, number>>;
};

/** What a stage's work gets: a signal that fires when its time is over, and a way to start its clock again. */
export interface Turn {
  readonly signal: AbortSignal;
  renew(): void;
}
