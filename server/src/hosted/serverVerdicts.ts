import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { isRefusal } from "../servers/evaluate.js";
import type { Reason, ServerProfile, Verdict } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import { type FetchTrail, header } from "./fetcher.js";
import { isJsonSuffix, parseMediaType } from "./mediaType.js";
import type { HostedVerdict } from "./report.js";
import { type FetchBehaviour, SERVER_FETCHING } from "./serverFetching.js";

/** Milliseconds from the start of the exchange to the last byte. */
export function exchangeMs({ durations }: FetchTrail): number {
  return Object.values(durations).reduce((sum, duration) => sum + duration, 0);
}

/**
 * Why one server would not get the document from this answer.
 *
 * @param server an id; one without known fetch behaviour gives no reasons
 */
export function fetchReasons(server: string, trail: FetchTrail): readonly Reason[] {
  const behaviour = SERVER_FETCHING[server];
  const { response } = trail;
  if (!behaviour || !response) return [];
  const reasons: Reason[] = [];
  const blocks = (rule: string, message: string) => {
    reasons.push({ stage: "fetch", effect: "blocks", rule, message });
  };
  const { status } = response;
  const redirect = status >= 300 && status < 400;
  if (redirect && behaviour.redirects === "refused")
    blocks("remote/redirect", say`Does not follow redirects (${status}).`);
  if (!redirect && !acceptsStatus(behaviour, status))
    blocks("remote/status", say`Accepts only status ${behaviour.status}, not ${status}.`);
  if (status < 200 || status >= 300) return reasons;

  const typeProblem = contentTypeProblem(behaviour, header(response, "content-type"));
  if (typeProblem !== undefined) blocks("remote/content-type", typeProblem);
  const { maxBytes, timeoutMs } = behaviour;
  if (trail.body && maxBytes !== undefined && trail.body.decodedBytes > maxBytes) {
    blocks(
      "document/size",
      trail.body.cappedBy
        ? say`Accepts at most ${maxBytes} bytes; these are more than ${trail.body.decodedBytes}.`
        : say`Accepts at most ${maxBytes} bytes; these are ${trail.body.decodedBytes}.`,
    );
  }
  const took = exchangeMs(trail);
  if (timeoutMs !== undefined && took > timeoutMs) {
    reasons.push({
      stage: "fetch",
      effect: "limits",
      rule: "remote/timeout",
      message: say`Waits ${timeoutMs / 1000} s; this answer took ${(took / 1000).toFixed(1)} s.`,
    });
  }
  return reasons;
}

function acceptsStatus({ status: accepted }: FetchBehaviour, status: number): boolean {
  if (accepted === undefined) return true;
  return accepted === "200" ? status === 200 : status >= 200 && status < 300;
}

/** @returns a sentence, or undefined when the server takes the content type or nobody knows */
export function contentTypeProblem(behaviour: FetchBehaviour, value: string | undefined): string | undefined {
  const type = parseMediaType(value);
  const shown = type ? clip(type.essence) : "none";
  switch (behaviour.contentType) {
    case "json":
      if (type?.essence !== "application/json")
        return say`Accepts only Content-Type application/json, not ${shown}.`;
      break;
    case "json-suffix":
      if (!type || (type.essence !== "application/json" && !isJsonSuffix(type))) {
        return say`Accepts only Content-Type application/json or application/*+json, not ${shown}.`;
      }
      break;
    case "contains-json":
      if (!type?.essence.includes("json"))
        return say`Accepts only a Content-Type with "json" in it, not ${shown}.`;
      break;
    default:
  }
  if (behaviour.utf8CharsetOnly && type?.charset !== undefined && type.charset !== "utf-8") {
    return say`Accepts only charset utf-8, not ${clip(type.charset)}.`;
  }
  return undefined;
}

/**
 * Counts what the fetch showed into the verdicts on the text.
 *
 * @param verdicts of `checkDocument`
 */
export function withFetchStage(verdicts: readonly Verdict[], trail: FetchTrail): readonly HostedVerdict[] {
  return verdicts.map((verdict): HostedVerdict => {
    const name = serverById(verdict.server)?.name ?? verdict.server;
    const known = new Set(verdict.reasons.map(({ rule }) => rule));
    const fetched = fetchReasons(verdict.server, trail).filter(({ rule }) => !known.has(rule));
    const reasons = [...fetched, ...verdict.reasons];
    if (!reasons.some(isRefusal)) return { ...verdict, name, reasons };
    const signIn = verdict.signIn.map(({ entry }) => ({ entry, outcome: "never" as const }));
    return { ...verdict, name, verdict: "refuses", reasons, signIn };
  });
}

/** The verdicts on an answer that brought no document: refused where that is known, else unknown. None without an answer. */
export function withoutDocument(
  servers: readonly ServerProfile[],
  trail: FetchTrail,
): readonly HostedVerdict[] {
  if (!trail.response) return [];
  const unknown = servers.map(
    ({ id, version }): Verdict => ({ server: id, version, verdict: "unknown", reasons: [], signIn: [] }),
  );
  return withFetchStage(unknown, trail);
}
