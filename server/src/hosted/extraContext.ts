import type { Fetcher, FetchLimits } from "./fetcher.js";

/** What a check that makes further requests may use. */
export interface ExtraContext {
  readonly fetcher: Fetcher;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal | undefined;
  /** The hosts a person agreed to; absent: every host. The document may name others since they were asked. */
  readonly agreedHosts?: readonly string[] | undefined;
}
