import { checkDocument } from "../api/checkDocument.js";
import { SERVERS } from "../servers/servers.js";
import type { HostedCheckOptions } from "./hostedCheck.js";
import { runHostedCheck } from "./onFirstUse.js";
import type { HostedReport } from "./report.js";

/**
 * Runs a hosted check with all that is known of rules and authorization servers.
 *
 * @param url the client identifier URL, as a person typed it
 * @returns the report; every failure is a step in it
 * @throws {UnknownServerError} for a server id that is not known, before anything is fetched
 */
export async function checkHosted(url: string, options: HostedCheckOptions): Promise<HostedReport> {
  const { servers } = options;
  const { verdicts } = checkDocument("{}", servers === undefined ? {} : { servers });
  const counted = new Set(verdicts.map(({ server }) => server));
  return runHostedCheck(url, options, {
    checkDocument,
    servers: SERVERS.filter(({ id }) => counted.has(id)),
  });
}
