import type { FetchLimits } from "./fetcher.js";

export const DEFAULT_TIMEOUT_SECONDS = 10;
const LONGEST_TIMEOUT_SECONDS = 60;

/** One byte more than the largest limit of a known server (giantswarm/mcp-oauth: 1 MiB): enough to decide for all. */
const BODY_CAP_BYTES = 1_048_577;

/**
 * The limits of one exchange.
 *
 * @param timeoutSeconds for the whole exchange and for each of its stages; held between 1 and 60
 */
export function limitsFor(timeoutSeconds: number = DEFAULT_TIMEOUT_SECONDS): FetchLimits {
  const bounded = Number.isFinite(timeoutSeconds) ? timeoutSeconds : DEFAULT_TIMEOUT_SECONDS;
  const ms = Math.min(Math.max(bounded, 1), LONGEST_TIMEOUT_SECONDS) * 1000;
  return {
    connectMs: ms,
    headersMs: ms,
    idleMs: ms,
    totalMs: ms,
    wireBytes: BODY_CAP_BYTES,
    decodedBytes: BODY_CAP_BYTES,
  };
}
