import type { Fetcher, FetchLimits } from "./fetcher.js";
import type { Step } from "./report.js";

/** Checks that make further requests; only a person's wish starts them. */
export type ExtraId = "logo" | "jwks" | "links";

export interface ExtraContext {
  readonly fetcher: Fetcher;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal | undefined;
}

export async function* runExtras(
  _extras: readonly ExtraId[],
  _text: string,
  _url: string,
  _context: ExtraContext,
): AsyncGenerator<Step> {}
