import { type Analysis, analyse, type ServerChoice } from "../check/analyse.js";
import type { RuleSettings } from "../check/severities.js";
import { describeValue } from "../document/valueText.js";
import type { Problem } from "../rules/problem.js";
import { GROUPS, isGroup, type Target } from "../servers/groups.js";
import type { Verdict } from "../servers/profile.js";
import { SERVERS, serverById } from "../servers/servers.js";

export interface CheckOptions {
  /** The URL the document is served from; without it the document's own `client_id` is used. */
  readonly url?: string;
  /**
   * Omitted or `[]`: problems of the document's default group, verdicts of all known servers. A list of ids and groups: those,
   * as targets. `"none"`: rules only.
   */
  readonly servers?: readonly string[] | "none";
  /** Rule ids or globs and the severity they should have. */
  readonly rules?: RuleSettings;
}

export interface CheckResult {
  readonly problems: Problem[];
  readonly verdicts: Verdict[];
}

/**
 * Checks a client metadata document against the specifications and the known authorization servers.
 *
 * @param text the document; any text, of any size
 * @returns problems in text order with zero-based UTF-16 ranges, and one verdict a server
 * @throws {UnknownServerError} for a server id that is not known; never for any text
 */
export function checkDocument(text: string, options: CheckOptions = {}): CheckResult {
  const analysis = analyse(text, {
    url: options.url,
    servers: serverChoice(options.servers, options.servers?.length ? "group" : "all"),
    rules: options.rules,
  });
  return { problems: problemsOf(analysis), verdicts: [...analysis.verdicts] };
}

/** The public form of an analysis' findings. */
export function problemsOf({ document, findings }: Analysis): Problem[] {
  return findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    pointer: finding.pointer,
    range: document.range(finding),
  }));
}

/**
 * Turns the ids and groups that a person or a program gave into a choice.
 *
 * @param verdicts `all` asks the other known servers as well
 * @throws {UnknownServerError} naming the id and those that are known
 */
export function serverChoice(
  servers: readonly string[] | "none" | undefined,
  verdicts: "group" | "all" = "group",
): ServerChoice {
  if (servers === "none") return { mode: "none" };
  if (!servers || servers.length === 0) return { mode: "default", verdicts };
  const targets = servers.map((id): Target => {
    const target = isGroup(id) ? id : serverById(id);
    if (!target) throw new UnknownServerError(id);
    return target;
  });
  return { mode: "targets", targets, verdicts };
}

/** A server id that no profile has. */
export class UnknownServerError extends Error {
  readonly id: string;

  constructor(id: string) {
    super(
      `No authorization server or group is called ${describeValue(id)}. Groups: ${GROUPS.join(", ")}. Servers: ${SERVERS.map((server) => server.id).join(", ")}.`,
    );
    this.name = "UnknownServerError";
    this.id = id;
  }
}
