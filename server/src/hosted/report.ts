import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import type { Problem } from "../rules/problem.js";
import type { Verdict } from "../servers/profile.js";

export type StepState = "passed" | "failed" | "warning" | "skipped";

/** Steps of every complete check, in the order a server meets them. */
export const CORE_STEP_IDS = [
  "url",
  "addresses",
  "connection",
  "tls",
  "response",
  "status",
  "content-type",
  "cookies",
  "body",
  "size",
  "encoding",
  "json",
  "identity",
  "document",
  "servers",
  "time",
  "cache",
] as const;

/** Everything that can be looked at, in the order of a report. */
export const STEP_IDS = [...CORE_STEP_IDS, "drift", "logo", "jwks", "links"] as const;
export type StepId = (typeof STEP_IDS)[number];

/** The heading of each step. */
export const STEP_TITLES: Readonly<Record<StepId, () => string>> = {
  url: () => say`URL`,
  addresses: () => say`Addresses`,
  connection: () => say`Connection`,
  tls: () => say`TLS`,
  response: () => say`Answer`,
  status: () => say`Status`,
  "content-type": () => say`Content type`,
  cookies: () => say`Cookies`,
  body: () => say`Body`,
  size: () => say`Size`,
  encoding: () => say`Encoding`,
  json: () => say`JSON`,
  identity: () => say`Identity`,
  document: () => say`Document`,
  servers: () => say`Authorization servers`,
  time: () => say`Response time`,
  cache: () => say`Cache`,
  drift: () => say`Local file`,
  logo: () => say`Logo`,
  jwks: () => say`Keys`,
  links: () => say`Links`,
};

/** One line of a report. */
export interface StepOf<Id extends string> {
  readonly id: Id;
  /** A heading of one to three words. */
  readonly title: string;
  readonly state: StepState;
  /** One sentence: what was found, and for whom it matters. */
  readonly sentence: string;
  /** What to do; absent where there is nothing to do. */
  readonly fix?: string;
  /** Lines that belong under the sentence: one a server, one a link. */
  readonly details?: readonly string[];
  /** Milliseconds; 0 for a step that only looks at what an earlier one brought. */
  readonly durationMs: number;
}

/** A step of a hosted document's report. */
export type Step = StepOf<StepId>;

/** The document as the URL gave it. */
export interface HostedDocument {
  readonly text: string;
  /** True where a report has no room for the whole text, and `text` is its beginning. */
  readonly isTextCut?: true;
  /** Bytes over the wire, compressed or not. */
  readonly wireBytes: number;
  /** Bytes after decompression: what servers measure. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
  /** How many problems are not listed; absent where all are. */
  readonly omittedProblems?: number;
}

/** A verdict on the hosted document, with the server's name for people. */
export interface HostedVerdict extends Verdict {
  readonly name: string;
}

/** Until when one authorization server may go on using the copy it has. */
export interface ServerLifetime {
  readonly server: string;
  readonly name: string;
  /** Seconds; 0 means it asks again every time. */
  readonly seconds: number;
  /** ISO 8601, counted from the start of the check. */
  readonly until: string;
  /** Whether the server keeps the old copy when it cannot fetch a new one. */
  readonly stale: "kept" | "refused" | "unknown";
}

export interface CacheFacts {
  /** Seconds a shared cache may keep the answer (RFC 9111); 0 when it may not keep it or must ask again. */
  readonly freshSeconds: number;
  /** ISO 8601. */
  readonly freshUntil: string;
  readonly servers: readonly ServerLifetime[];
}

/** What a URL answered just now, and what that means for the authorization servers. */
export interface HostedReport {
  /** As it was given. */
  readonly url: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly steps: readonly Step[];
  /** Present when a body was read to its end and is text. */
  readonly document?: HostedDocument;
  /** One a server, with what the fetch showed counted in; none where nothing answered. */
  readonly verdicts: readonly HostedVerdict[];
  readonly cache?: CacheFacts;
  /** True when the document was read and no step failed. */
  readonly ok: boolean;
  /** The verdict in a sentence or two, which counts every step and every server that counts. */
  readonly summary: string;
}

/** What a step has beside its sentence, where it has it. */
export interface StepExtra {
  readonly fix?: string | undefined;
  readonly details?: readonly string[];
  readonly durationMs?: number | undefined;
}

/** Builds a step; leaves out what is not there. */
export function step(id: StepId, state: StepState, sentence: string, extra: StepExtra = {}): Step {
  return stepOf(id, STEP_TITLES[id](), state, sentence, extra);
}

/** Of a sentence, with what it quotes. */
const LONGEST_TEXT = 1000;
/** Lines under a sentence. */
const MOST_DETAILS = 100;

/** Builds a step of any kind of report. Whatever an answer holds, a step is of a size that can be read. */
export function stepOf<Id extends string>(
  id: Id,
  title: string,
  state: StepState,
  sentence: string,
  { fix, details, durationMs = 0 }: StepExtra = {},
): StepOf<Id> {
  return {
    id,
    title,
    state,
    sentence: clip(sentence, LONGEST_TEXT),
    ...(fix === undefined ? {} : { fix: clip(fix, LONGEST_TEXT) }),
    ...(details === undefined || details.length === 0 ? {} : { details: shortened(details) }),
    durationMs: Math.round(durationMs),
  };
}

function shortened(details: readonly string[]): readonly string[] {
  const lines = details.slice(0, MOST_DETAILS).map((line) => clip(line, LONGEST_TEXT));
  return details.length > MOST_DETAILS
    ? [...lines, say`… and ${details.length - MOST_DETAILS} more.`]
    : lines;
}
