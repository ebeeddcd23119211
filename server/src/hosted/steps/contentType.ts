import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import type { ServerProfile } from "../../servers/profile.js";
import { type FetchTrail, header, type ResponseFacts } from "../fetcher.js";
import { advise } from "../hostAdvice.js";
import { isJsonSuffix, parseMediaType } from "../mediaType.js";
import { type Step, step } from "../report.js";
import { SERVER_FETCHING } from "../serverFetching.js";
import { contentTypeProblem } from "../serverVerdicts.js";

const otherwise = (): string => say`Send Content-Type: application/json.`;

/**
 * The drafts leave the header to the server that reads it, so a wrong type is a warning that counts who refuses.
 *
 * @param servers that count
 * @see OAuth Client ID Metadata Document -03 §4; strict servers as in `serverFetching.ts`
 */
export function contentTypeStep(
  trail: FetchTrail,
  response: ResponseFacts,
  servers: readonly ServerProfile[],
): Step {
  const value = header(response, "content-type");
  const type = parseMediaType(value);
  const refusing = servers.filter(({ id }) => {
    const behaviour = SERVER_FETCHING[id];
    return behaviour !== undefined && contentTypeProblem(behaviour, value) !== undefined;
  });
  // The step about servers names them.
  const ended = (found: string): string => {
    if (refusing.length === 0) return `${found}.`;
    return refusing.length === 1
      ? say`${found}; 1 of ${servers.length} authorization servers refuses that.`
      : say`${found}; ${refusing.length} of ${servers.length} authorization servers refuse that.`;
  };
  const fix = advise("content-type", trail.url, response, otherwise());
  if (!type) return step("content-type", "warning", ended(say`There is no Content-Type header`), { fix });
  if ((response.headers.get("content-type")?.length ?? 0) > 1) {
    return step(
      "content-type",
      "warning",
      say`The Content-Type header was sent more than once, and clients differ in which they read.`,
      { fix: otherwise() },
    );
  }
  if (type.essence === "application/json") {
    if (type.charset !== undefined && type.charset !== "utf-8" && type.charset !== "utf8") {
      return step(
        "content-type",
        "warning",
        ended(say`The header says charset=${clip(type.charset)}, while JSON is always UTF-8 (RFC 8259 §8.1)`),
        { fix: otherwise() },
      );
    }
    return step("content-type", "passed", say`application/json, as every server wants it.`);
  }
  if (isJsonSuffix(type)) {
    return step(
      "content-type",
      "warning",
      ended(say`The Content-Type is ${clip(type.essence)}, which the specification allows a server to know`),
      { fix: otherwise() },
    );
  }
  return step(
    "content-type",
    "warning",
    ended(say`The Content-Type is ${clip(type.essence)} instead of application/json`),
    { fix },
  );
}
