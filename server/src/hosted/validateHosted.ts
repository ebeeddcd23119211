import { checkDocument } from "../checkDocument.js";
import { SERVERS } from "../servers/servers.js";
import type { ValidateHostedOptions } from "./hostedCheck.js";
import { runHostedCheck } from "./onFirstUse.js";
import type { HostedReport } from "./report.js";

export type { ValidateHostedOptions } from "./hostedCheck.js";

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
  const { servers } = options;
  const { verdicts } = checkDocument("{}", servers === undefined ? {} : { servers });
  const counted = new Set(verdicts.map(({ server }) => server));
  return runHostedCheck(url, options, {
    checkDocument,
    servers: SERVERS.filter(({ id }) => counted.has(id)),
  });
}
