import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import { JSON_CONTENT_TYPE } from "../../../server/src/servers/behaviours/jsonContentType.js";
import { evaluate, isRefusal } from "../../../server/src/servers/evaluate.js";
import type { ServerProfile } from "../../../server/src/servers/profile.js";
import type { DocumentCase } from "./documents.js";
import type { EngineAnswer } from "./engineAnswer.js";

/** Where an engine looks for a document that names no URL itself. */
const ANYWHERE = "https://client.example/document";

/** The URL a request names when it wants this document. */
export function urlOf(input: DocumentCase): string {
  return new ClientMetadataDocument(input.text, { url: input.url }).url ?? ANYWHERE;
}

/**
 * Compares what a profile says about a document with what the engine did.
 *
 * @returns undefined when the verdicts are equal and the profile gives the engine's own words among its reasons; else
 *   what differs
 */
export function disagreement(
  profile: ServerProfile,
  input: DocumentCase,
  answer: EngineAnswer,
): string | undefined {
  const document = new ClientMetadataDocument(input.text, { url: input.url });
  const { verdict, reasons } = evaluate(document, profile);
  const refusals = reasons.filter(isRefusal).map(({ message }) => message);
  if (answer.loads) {
    return verdict === "accepts"
      ? undefined
      : `${profile.id} accepts; predicted: ${verdict}: ${refusals.join(" | ")}`;
  }
  if (verdict !== "refuses") return `${profile.id} refuses (${answer.words}); predicted: ${verdict}`;
  const { words } = answer;
  if (
    words === undefined ||
    document.url === undefined ||
    refusals.some((message) => message.startsWith(words))
  ) {
    return undefined;
  }
  return `${profile.id} says: ${words}; predicted: ${refusals.join(" | ")}`;
}

/** The profile with one constraint taken out. */
export function without(profile: ServerProfile, constraintId: string): ServerProfile {
  return { ...profile, constraints: profile.constraints.filter(({ id }) => id !== constraintId) };
}

/** The messages of one constraint about a document. */
export function saidBy(profile: ServerProfile, constraintId: string, { text, url }: DocumentCase): string[] {
  const messages: string[] = [];
  const document = new ClientMetadataDocument(text, { url });
  const constraint = profile.constraints.find(({ id }) => id === constraintId);
  constraint?.check(document, (message) => messages.push(message));
  return messages;
}

/** Rule and place of everything for which a server refuses a document: `client-id/https /client_id`. */
export function refusedFor(profile: ServerProfile, { text, url }: DocumentCase): string[] {
  const { reasons } = evaluate(new ClientMetadataDocument(text, { url }), profile);
  return reasons
    .filter(isRefusal)
    .map(({ rule, pointer }) => (pointer === undefined ? rule : `${rule} ${pointer}`));
}

/**
 * The ids of the constraints that make the server refuse the document. What a host sends as its content type is left out: the
 * engines are always given JSON (`jsonContentType.test.ts` has it).
 */
export function refusingConstraints(profile: ServerProfile): string[] {
  return profile.constraints
    .filter(({ effect, stage }) => effect === "blocks" && (stage === "fetch" || stage === "document"))
    .filter((constraint) => constraint !== JSON_CONTENT_TYPE)
    .map(({ id }) => id);
}

/** The refusing constraints that none of the documents reaches. Stops looking when it has seen all. */
export function unreached(profile: ServerProfile, inputs: Iterable<DocumentCase>): string[] {
  const missing = new Set(refusingConstraints(profile));
  for (const { text, url } of inputs) {
    if (missing.size === 0) break;
    const document = new ClientMetadataDocument(text, { url });
    for (const { id, check } of profile.constraints)
      if (missing.has(id)) check(document, () => missing.delete(id));
  }
  return [...missing];
}

/** The rules to which one constraint's reports about some documents belong, in order and each once. */
export function rulesOf(
  profile: ServerProfile,
  constraintId: string,
  inputs: readonly DocumentCase[],
): string[] {
  const rules = new Set<string>();
  const constraint = profile.constraints.find(({ id }) => id === constraintId);
  for (const { text, url } of inputs) {
    constraint?.check(new ClientMetadataDocument(text, { url }), (_message, _pointer, rule) =>
      rules.add(rule ?? constraint.rule),
    );
  }
  return [...rules];
}
