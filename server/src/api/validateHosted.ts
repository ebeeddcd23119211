import * as z from "zod/mini";
import type { Fetcher } from "../hosted/fetcher.js";
import { checkHosted, type HostedCheckOptions } from "../hosted/hostedCheck.js";
import type { NetworkOptions } from "../hosted/network.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import type { HostedReport } from "../hosted/report.js";
import {
  CHECK_OPTIONS,
  NETWORK_OPTIONS,
  requireOptions,
  requireUrl,
  TEXT_OPTION,
  TEXTS_OPTION,
} from "./readOptions.js";

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
 * @throws {TypeError} for an option that is none, or has the wrong type
 * @throws {UnknownServerError} for a server id that is not known, before anything is fetched
 */
export async function validateHosted(
  url: string,
  options: ValidateHostedOptions = {},
): Promise<HostedReport> {
  requireUrl("validateHosted", url);
  requireOptions("validateHosted", OPTIONS, options);
  return checkHosted(url, { ...options, fetcher: options.fetcher ?? (await nodeFetcher(options)) });
}

const OPTIONS = z.strictObject(
  {
    ...NETWORK_OPTIONS,
    ...CHECK_OPTIONS,
    localText: TEXT_OPTION,
    extras: z.optional(
      z.array(z.enum(["logo", "jwks", "links"], "must be logo, jwks or links"), "must be a list"),
    ),
    extraHosts: TEXTS_OPTION,
  },
  "must be an object",
);
