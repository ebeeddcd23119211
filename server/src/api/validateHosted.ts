import type { Fetcher } from "../hosted/fetcher.js";
import { checkHosted, type HostedCheckOptions } from "../hosted/hostedCheck.js";
import type { NetworkOptions } from "../hosted/network.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import type { HostedReport } from "../hosted/report.js";

export interface ValidateHostedOptions extends Omit<HostedCheckOptions, "fetcher">, NetworkOptions {
  /** Replaces the guarded Node fetcher, and with it `allowPrivateNetwork` and `proxy`. */
  readonly fetcher?: Fetcher | undefined;
}

/**
 * Fetches a client metadata document as the strictest authorization server would, and says everything a server will trip
 * over.
 *
 * @param url the client identifier URL, as a person typed it
 * @returns the report; every failure is a step in it
 * @throws {UnknownServerError} for a server id that is not known, before anything is fetched
 */
export async function validateHosted(
  url: string,
  options: ValidateHostedOptions = {},
): Promise<HostedReport> {
  return checkHosted(url, { ...options, fetcher: options.fetcher ?? (await nodeFetcher(options)) });
}
