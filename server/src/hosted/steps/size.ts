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
  const limits = servers
    .map(({ id, name }) => ({ name, maxBytes: SERVER_FETCHING[id]?.maxBytes }))
    .filter((entry): entry is { name: string; maxBytes: number } => entry.maxBytes !== undefined);
  const refusing = limits.filter(({ maxBytes }) => decodedBytes > maxBytes);
  const details = refusing.map(({ name, maxBytes }) => say`${name} accepts at most ${maxBytes} bytes.`);
  const fix = say`Remove members no server reads, shorten URLs, and move keys to jwks_uri.`;
  if (cappedBy) {
    return step(
      "size",
      "failed",
      say`The body is larger than this check reads: it stopped at ${decodedBytes} bytes (${wireBytes} over the wire).`,
      { fix, details },
    );
  }
  if (decodedBytes > RECOMMENDED_BYTES) {
    return step(
      "size",
      "failed",
      say`The document has ${size}, more than the ${RECOMMENDED_BYTES} bytes most servers read.`,
      { fix, details },
    );
  }
  if (refusing.length > 0) {
    return step(
      "size",
      "warning",
      say`The document has ${size}, too much for ${refusing.map(({ name }) => name).join(", ")}.`,
      { fix, details },
    );
  }
  return step("size", "passed", say`${size}, within every known limit.`);
}
