import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { locate } from "../../document/locate.js";
import { isRefusal, type OlderVerdict } from "../../servers/evaluate.js";
import type { Reason, ServerProfile, Verdict } from "../../servers/profile.js";
import type { Outcome, Statement } from "./compatibilityView.js";

/** One server and what it makes of one document; what every cell is made from. */
export interface Evaluated {
  readonly document: ClientMetadataDocument;
  readonly server: ServerProfile;
  readonly verdict: Verdict;
  /** What older releases do otherwise. */
  readonly older: readonly OlderVerdict[];
}

/** Whether the server refuses the document, so that nothing further happens there. */
export function isRefused({ verdict: { verdict } }: Evaluated): boolean {
  return verdict === "refuses";
}

/** Whether a stage of a loaded document was read completely, so that the absence of a reason says something. */
export function isReadCompletely(
  { server: { readCompletely }, verdict: { verdict } }: Evaluated,
  stage: "authorize" | "token",
): boolean {
  return verdict === "accepts" && readCompletely.includes(stage);
}

/** The reasons for which the server does not load the document. */
export function refusals({ verdict }: Evaluated): readonly Reason[] {
  return verdict.reasons.filter(isRefusal);
}

/** Reasons of these fields are about how a client proves itself at the token endpoint. */
const AUTHENTICATION =
  /^(?:auth-method|auth-signing-alg|jwks|jwks-uri|mtls|secret)\/|^atproto\/(?:auth-|keys)/;
/** Reasons of the token stage that are about refresh tokens: the grant, and the scope that asks for them. */
const REFRESH = /^(?:grant-types\/(?:no-refresh|extra)|scope\/)/;

/** Whether a reason is about how a client proves itself at the token endpoint. */
export function concernsAuthentication({ rule }: Reason): boolean {
  return AUTHENTICATION.test(rule);
}

/** Whether a reason of the token stage is about refresh tokens. */
export function concernsRefresh({ stage, rule }: Reason): boolean {
  return stage === "token" && REFRESH.test(rule);
}

/** What stops the token endpoint from answering at all, refresh tokens or not. */
export function endsTokenRequests({ stage, effect, rule }: Reason): boolean {
  return stage === "token" && effect === "blocks" && !REFRESH.test(rule);
}

const OUTCOME_OF: Readonly<Record<Reason["effect"], Outcome>> = {
  blocks: "never",
  limits: "limited",
  note: "told",
};

/** A reason as the sentence of a cell, with the place that it is about. */
export function statementOf(document: ClientMetadataDocument, reason: Reason): Statement {
  return {
    outcome: OUTCOME_OF[reason.effect],
    text: reason.message,
    rule: reason.rule,
    ...(reason.pointer ? { link: linkTo(document, reason.pointer) } : {}),
  };
}

/** A way to a member of the document. @param pointer RFC 6901 */
export function linkTo(document: ClientMetadataDocument, pointer: string): NonNullable<Statement["link"]> {
  return { label: nameOf(pointer), place: document.range(locate(document, pointer)) };
}

/** `/jwks/keys/0/kid` as people write it: `jwks.keys[0].kid`. */
function nameOf(pointer: string): string {
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((name, token) => (/^\d+$/.test(token) ? `${name}[${token}]` : `${name}.${token}`));
}
