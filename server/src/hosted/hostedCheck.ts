import { boundedResult, jsonBytes } from "../api/bounded.js";
import { checkDocument, serverChoice } from "../api/checkDocument.js";
import type { RuleSettings } from "../check/severities.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import type { Problem } from "../rules/problem.js";
import { serversOfTargets, type Target } from "../servers/groups.js";
import type { ServerProfile } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { hiddenSteps, isHidden } from "./browserView.js";
import { conclusion } from "./conclusion.js";
import { type ExtraId, runExtras } from "./extras.js";
import type { BodyFacts, Fetcher, FetchTrail, ResponseFacts } from "./fetcher.js";
import { limitsFor } from "./limits.js";
import {
  type CacheFacts,
  CORE_STEP_IDS,
  type HostedDocument,
  type HostedReport,
  type HostedVerdict,
  type Step,
  type StepId,
  step,
} from "./report.js";
import { withFetchStage, withoutDocument } from "./serverVerdicts.js";
import { cacheStep } from "./steps/cache.js";
import { contentTypeStep } from "./steps/contentType.js";
import { cookiesStep } from "./steps/cookies.js";
import { documentStep } from "./steps/document.js";
import { driftStep } from "./steps/drift.js";
import { readText } from "./steps/encoding.js";
import { faultStep, stageStep } from "./steps/exchange.js";
import { identityStep } from "./steps/identity.js";
import { jsonStep } from "./steps/json.js";
import { serversStep } from "./steps/servers.js";
import { sizeStep } from "./steps/size.js";
import { statusStep } from "./steps/status.js";
import { timeStep } from "./steps/time.js";
import { ABOUT_ADDRESSES, urlStep } from "./steps/url.js";

/** What a hosted check needs besides the URL; the network is the caller's. */
export interface HostedCheckOptions {
  readonly fetcher: Fetcher;
  /** For the whole exchange; held between 1 and 60. */
  readonly timeoutSeconds?: number | undefined;
  /** As in `checkDocument`: targets, or none; otherwise the document's default group counts. */
  readonly servers?: readonly string[] | "none" | undefined;
  readonly rules?: RuleSettings | undefined;
  /** Ends the check; the report says that it was cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** The local text of the same document, to compare with what is served. */
  readonly localText?: string | undefined;
  /** Further requests, each to a URL that the document names. */
  readonly extras?: readonly ExtraId[] | undefined;
  /** The hosts that the extras may ask; absent: every host the document names. */
  readonly extraHosts?: readonly string[] | undefined;
  /** Called with each step as soon as it is known, in the order of the report. */
  readonly onStep?: ((step: Step) => void) | undefined;
}

/**
 * Runs a hosted check.
 *
 * @param url the client identifier URL, as a person typed it
 * @returns the report; every failure is a step in it
 * @throws {UnknownServerError} for a server id that is not known, before anything is fetched
 */
export async function checkHosted(url: string, options: HostedCheckOptions): Promise<HostedReport> {
  return new HostedCheck(url, options).run();
}

/** What a report has room for: problems and verdicts, and the text of the document. */
const MOST_RESULT_BYTES = 1_500_000;
const MOST_TEXT_BYTES = 2_000_000;
/** What is left of a text that is too much, as one of nothing but escapes is. */
const CUT_TEXT = 100_000;

function boundedText(text: string): Pick<HostedDocument, "text" | "isTextCut"> {
  return jsonBytes(text, MOST_TEXT_BYTES) <= MOST_TEXT_BYTES
    ? { text }
    : { text: text.slice(0, CUT_TEXT), isTextCut: true };
}

class HostedCheck {
  readonly #url: string;
  readonly #options: HostedCheckOptions;
  /** Those that count: which they are may depend on the document. */
  #servers: readonly ServerProfile[];
  readonly #started = new Date();
  readonly #steps: Step[] = [];
  #trail: FetchTrail | undefined;
  #document: HostedDocument | undefined;
  #verdicts: readonly HostedVerdict[] = [];
  #cache: CacheFacts | undefined;

  constructor(url: string, options: HostedCheckOptions) {
    this.#url = url;
    this.#options = options;
    this.#servers = countedServers(options.servers, "{}");
  }

  async run(): Promise<HostedReport> {
    const { fetcher, signal } = this.#options;
    const limits = limitsFor(this.#options.timeoutSeconds);
    this.#add(urlStep(this.#url));
    const trail = await fetcher({
      url: this.#url,
      accept: "application/json",
      limits,
      signal,
      onStage: (stage, soFar) => this.#add(stageStep(stage, soFar, this.#started)),
    });
    this.#examine(trail);
    if (this.#document) {
      const { localText, extras = [], extraHosts } = this.#options;
      if (localText !== undefined) this.#add(driftStep(this.#document.text, localText));
      for await (const extra of runExtras(extras, this.#document.text, this.#url, {
        fetcher,
        limits,
        signal,
        agreedHosts: extraHosts,
      }))
        this.#add(extra);
    }
    return this.#report();
  }

  /** Takes a step; of two with one id the first stays, unless only the second failed. */
  #add(taken: Step | undefined): void {
    if (!taken) return;
    const index = this.#steps.findIndex(({ id }) => id === taken.id);
    if (index >= 0 && (this.#steps[index]?.state === "failed" || taken.state !== "failed")) return;
    if (index >= 0) this.#steps[index] = taken;
    else this.#steps.push(taken);
    this.#options.onStep?.(taken);
  }

  #examine(trail: FetchTrail): void {
    this.#trail = trail;
    this.#add(faultStep(trail));
    for (const hidden of hiddenSteps(trail)) this.#add(hidden);
    const { response } = trail;
    if (response) {
      this.#add(statusStep(trail, response));
      if (response.status === 200) this.#examineDocument(trail, response);
    }
    this.#skipRest(trail);
    if (!this.#document) this.#verdicts = withoutDocument(askedServers(this.#options.servers), trail);
  }

  /** Everything that is said about the headers and the body of a 200. */
  #examineDocument(trail: FetchTrail, response: ResponseFacts): void {
    const { body } = trail;
    const decoded = body && !body.cappedBy ? readText(body.bytes) : undefined;
    if (decoded?.text !== undefined) this.#servers = countedServers(this.#options.servers, decoded.text);
    this.#add(contentTypeStep(trail, response, this.#servers));
    this.#add(cookiesStep(response));
    if (body) {
      this.#add(sizeStep(body, this.#servers));
      this.#add(decoded?.step);
      if (decoded?.text !== undefined) this.#examineText(trail, response, decoded.text, body);
    }
    if (!trail.fault) {
      this.#add(timeStep(trail, this.#servers));
      const cache = cacheStep(trail, response, this.#servers, this.#started);
      this.#cache = cache.facts;
      this.#add(cache.step);
    }
  }

  #examineText(
    trail: FetchTrail,
    response: ResponseFacts,
    text: string,
    { bytes, wireBytes }: BodyFacts,
  ): void {
    const { servers, rules = {} } = this.#options;
    const { problems, verdicts } = checkDocument(text, {
      url: this.#url,
      ...(servers === undefined ? {} : { servers }),
      rules,
    });
    this.#document = { text, wireBytes, bytes: bytes.length, problems };
    this.#verdicts = withFetchStage(verdicts, trail);
    const json = jsonStep(text, trail, response);
    this.#add(json);
    if (json.state === "failed") return;
    this.#add(identityStep(text, this.#url));
    // What servers make of the document is said by their own step.
    const { problems: ownProblems } = checkDocument(text, { url: this.#url, servers: "none", rules });
    this.#add(documentStep(ownProblems.filter((problem) => !this.#saidElsewhere(problem, trail))));
    this.#add(serversStep(this.#counted(), Array.isArray(servers) && servers.length > 0));
  }

  /** The verdicts of the servers that count. */
  #counted(): readonly HostedVerdict[] {
    return this.#verdicts.filter(({ server }) => this.#servers.some(({ id }) => id === server));
  }

  /** Whether another step has said it already. */
  #saidElsewhere({ rule }: Problem, { addresses }: FetchTrail): boolean {
    const spoken = (id: StepId) => this.#steps.some((taken) => taken.id === id && taken.state !== "passed");
    if (rule === "document/size") return spoken("size");
    if (rule === "document/bom") return spoken("encoding");
    if (rule.startsWith("client-id/") && spoken("identity")) return true;
    return addresses?.privateAllowed === true && ABOUT_ADDRESSES.has(rule);
  }

  /** Says of every step that was not reached which one stood in the way, and puts all in order. */
  #skipRest(trail: FetchTrail): void {
    const failed = this.#steps.find(({ state }) => state === "failed");
    if (failed || isHidden(trail)) {
      const why = failed ? `${failed.title} failed` : say`the browser shows no answer`;
      for (const id of CORE_STEP_IDS) {
        if (!this.#steps.some((taken) => taken.id === id)) {
          this.#add(step(id, "skipped", say`Not looked at: ${why}.`));
        }
      }
    }
    const order: readonly StepId[] = CORE_STEP_IDS;
    this.#steps.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  }

  #report(): HostedReport {
    const { problems, verdicts, omittedProblems } = boundedResult(
      { problems: this.#document?.problems ?? [], verdicts: this.#verdicts },
      MOST_RESULT_BYTES,
    );
    return {
      url: this.#url,
      startedAt: this.#started.toISOString(),
      durationMs: Date.now() - this.#started.getTime(),
      steps: this.#steps,
      ...(this.#document
        ? {
            document: {
              ...this.#document,
              ...boundedText(this.#document.text),
              problems,
              ...(omittedProblems === undefined ? {} : { omittedProblems }),
            },
          }
        : {}),
      verdicts,
      ...(this.#cache ? { cache: this.#cache } : {}),
      ok: this.#document !== undefined && this.#steps.every(({ state }) => state !== "failed"),
      summary: conclusion({
        url: this.#url,
        steps: this.#steps,
        verdicts: this.#counted(),
        isPrivate: this.#trail?.addresses?.privateAllowed === true,
      }),
    };
  }
}

/**
 * The servers that a report speaks of: the targets, or else the default group.
 *
 * @param text the document that a group depends on; before it is fetched, `{}` stands for one of an MCP client
 */
function countedServers(servers: HostedCheckOptions["servers"], text: string): readonly ServerProfile[] {
  const choice = serverChoice(servers);
  if (choice.mode === "none") return [];
  const targets: readonly Target[] = choice.mode === "default" ? ["default"] : choice.targets;
  return serversOfTargets(targets, new ClientMetadataDocument(text));
}

/** The servers that a program gets a verdict of: the targets, or else all known ones. */
function askedServers(servers: HostedCheckOptions["servers"]): readonly ServerProfile[] {
  return serverChoice(servers).mode === "default" ? SERVERS : countedServers(servers, "{}");
}
