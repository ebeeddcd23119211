import { say } from "../../localisation/say.js";
import type { ServerProfile } from "../../servers/profile.js";
import type { BodyFacts } from "../fetcher.js";
import { type Step, step } from "../report.js";
import { SERVER_FETCHING } from "../serverFetching.js";

/** OAuth Client ID Metadata Document -03 §9.7: 5 kilobytes is the recommended limit of what servers read. */
const RECOMMENDED_BYTES = 5120;

/**
 * Measures the decoded body, as servers do.
 *
 * @param servers that count
 */
export function sizeStep(body: BodyFacts, servers: readonly ServerProfile[]): Step {
  const { decodedBytes, wireBytes, cappedBy } = body;
  const size =
    decodedBytes === wireBytes
      ? `${decodedBytes} bytes`
      : say`${decodedBytes} bytes (${wireBytes} compressed)`;
  // The step about servers names them, with the limit of each.
  const refusing = servers.filter(
    ({ id }) => decodedBytes > (SERVER_FETCHING[id]?.maxBytes ?? Number.POSITIVE_INFINITY),
  ).length;
  const fix = say`Remove members no server reads, shorten URLs, and move keys to jwks_uri.`;
  if (cappedBy) {
    return step(
      "size",
      "failed",
      say`The body is larger than this check reads: it stopped at ${decodedBytes} bytes (${wireBytes} over the wire).`,
      { fix },
    );
  }
  if (decodedBytes > RECOMMENDED_BYTES) {
    return step(
      "size",
      "failed",
      say`The document has ${size}, more than the ${RECOMMENDED_BYTES} bytes most servers read.`,
      { fix },
    );
  }
  if (refusing > 0) {
    return step(
      "size",
      "warning",
      say`The document has ${size}, more than ${refusing} of ${servers.length} authorization servers read.`,
      { fix },
    );
  }
  return step("size", "passed", say`${size}, which every server that counts reads.`);
}
