import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import { evaluate, match, olderProfile, type ServerFailure } from "../../../server/src/servers/evaluate.js";
import type { Constraint, ServerProfile } from "../../../server/src/servers/profile.js";
import { CLIENT_LIBRARIES, serverById } from "../../../server/src/servers/servers.js";
import { type Answer, type EngineCase, textOf } from "./cases.js";
import type { EngineManifest } from "./engines.js";

/** What a profile says of a case. */
export interface Prediction {
  readonly outcome: "accepts" | "refuses" | "allowed" | "refused" | "unknown";
  /** Ids of the constraints that refuse, or a word where it is not a constraint. */
  readonly reasons: readonly string[];
  /** The words of everything that refuses. */
  readonly messages: readonly string[];
  /** Whether profiles looked at a part of the document only, because of its size. */
  readonly partlyRead?: boolean;
}

/** What is held against an engine: an authorization server's profile, or what is known of a client library. */
export interface Subject {
  readonly id: string;
  predict(asked: EngineCase): Prediction;
  /** The constraints that block loading or authorizing and that the driver reaches; each needs a recorded case. */
  readonly blocking: readonly Constraint[];
  /** The same without one of them. */
  without(constraint: Constraint): Subject;
}

/**
 * @returns what is said of an engine's server, as far as its driver reaches
 * @throws {Error} where nothing is known under its id, or a constraint that the driver does not reach does not exist
 */
export function subjectOf(engine: EngineManifest): Subject {
  const library = CLIENT_LIBRARIES.find(({ id }) => id === engine.server);
  if (library) {
    const subject: Subject = {
      id: library.id,
      blocking: [],
      without: () => subject,
      predict({ url }) {
        const message = library.refusesUrl(url);
        return message === undefined
          ? { outcome: "accepts", reasons: [], messages: [] }
          : { outcome: "refuses", reasons: ["url"], messages: [message] };
      },
    };
    return subject;
  }
  const profile = profileOf(engine);
  const unreached = new Set(Object.keys(engine.unreached ?? {}));
  const constraints = profile.constraints.filter(({ id }) => !unreached.delete(id));
  if (unreached.size > 0) throw new Error(`${engine.server} has no constraint ${[...unreached].join(", ")}.`);
  const reached = engine.stages.includes("authorize") ? ["document", "authorize"] : ["document"];
  return new ProfileSubject({ ...profile, constraints }, reached);
}

/** The profile of an engine's release. */
function profileOf({ server: id, before }: EngineManifest): ServerProfile {
  const profile = serverById(id);
  if (!profile) throw new Error(`No profile has the id ${id}.`);
  if (before === undefined) return profile;
  const change = profile.changes?.find((older) => older.before === before);
  if (!change) throw new Error(`The profile ${id} says nothing of releases before ${before}.`);
  return olderProfile(profile, change);
}

class ProfileSubject implements Subject {
  readonly id: string;
  readonly blocking: readonly Constraint[];
  readonly #profile: ServerProfile;
  readonly #stages: readonly string[];
  /** The profile, whose blocking constraints tell what they report. */
  readonly #telling: ServerProfile;
  #reported: { readonly constraint: Constraint; readonly message: string }[] = [];

  constructor(profile: ServerProfile, stages: readonly string[]) {
    this.id = profile.id;
    this.#profile = profile;
    this.#stages = stages;
    const { constraints } = profile;
    this.blocking = constraints.filter(({ effect, stage }) => effect === "blocks" && stages.includes(stage));
    this.#telling = { ...profile, constraints: constraints.map((constraint) => this.#tells(constraint)) };
  }

  #tells(constraint: Constraint): Constraint {
    if (constraint.effect !== "blocks") return constraint;
    return {
      ...constraint,
      check: (document, report) =>
        constraint.check(document, (message, pointer, rule) => {
          this.#reported.push({ constraint, message });
          report(message, pointer, rule);
        }),
    };
  }

  without(constraint: Constraint): ProfileSubject {
    const constraints = this.#profile.constraints.filter((other) => other !== constraint);
    return new ProfileSubject({ ...this.#profile, constraints }, this.#stages);
  }

  predict({ url, body, redirectUri }: EngineCase): Prediction {
    const document = new ClientMetadataDocument(textOf(body), { url });
    const fail = ({ error }: ServerFailure) => {
      throw error;
    };
    this.#reported = [];
    const { partlyRead } = document;
    if (redirectUri === undefined) {
      const { verdict } = evaluate(document, this.#telling, fail);
      return { outcome: verdict, partlyRead, ...this.#refusing(LOADING) };
    }
    const { outcome, reason = "" } = match(this.#telling, document, redirectUri, fail);
    if (outcome === "document-refused") return { outcome: "refuses", ...this.#refusing(LOADING) };
    if (outcome !== "refused") return { outcome, partlyRead, reasons: [], messages: [] };
    const { reasons } = this.#refusing(["authorize"]);
    return { outcome, reasons: reasons.length > 0 ? reasons : ["no entry matches"], messages: [reason] };
  }

  /** The constraints of some stages that reported, and their words. */
  #refusing(stages: readonly string[]): Omit<Prediction, "outcome"> {
    const found = this.#reported.filter(({ constraint: { stage } }) => stages.includes(stage));
    return {
      reasons: [...new Set(found.map(({ constraint: { id } }) => id))],
      messages: found.map(({ message }) => message),
    };
  }
}

/** The stages that decide whether a document is loaded. */
const LOADING = ["fetch", "document"];

/**
 * Whether an engine did what was said of it. A crash is a refusal; `unknown` is right only of a document that was not
 * looked at completely.
 */
export function agrees({ outcome: predicted, partlyRead = false }: Prediction, { outcome }: Answer): boolean {
  if (predicted === "unknown" && partlyRead) return true;
  if (outcome === "crashed") return predicted === "refuses" || predicted === "refused";
  return predicted === outcome;
}

/** Whether an engine's words are among those of a profile; both may be cut, or go on with a value. */
function saysWords({ messages }: Prediction, { message: words }: Answer): boolean {
  return words !== "" && messages.some((message) => message.startsWith(words) || words.includes(message));
}

/**
 * Whether a constraint is needed for what an engine did: without it the profile says that something else happens, or has no
 * longer the words that the engine says.
 *
 * @param prediction of the whole profile
 * @param less what it says without the constraint
 */
export function isNeeded(prediction: Prediction, less: Prediction, answer: Answer): boolean {
  return prediction.outcome !== less.outcome || (saysWords(prediction, answer) && !saysWords(less, answer));
}
