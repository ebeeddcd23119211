import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { addReasons, conclude } from "./evaluate.js";
import { type Changes, MemberReads } from "./memberReads.js";
import type { Constraint, Reason, ServerProfile, Verdict } from "./profile.js";

/** A verdict with what it takes to judge the next text of the document faster. */
export interface Evaluation {
  readonly verdict: Verdict;
  /** The reasons of each constraint, in the constraints' order. */
  readonly reasons: readonly (readonly Reason[])[];
}

/** What each constraint has read so far; the profiles are the same for all documents. */
const readsOfConstraints = new WeakMap<Constraint, MemberReads>();

function readsOf(constraint: Constraint): MemberReads {
  let reads = readsOfConstraints.get(constraint);
  if (!reads) {
    reads = new MemberReads();
    readsOfConstraints.set(constraint, reads);
  }
  return reads;
}

/**
 * The same as `evaluate`, for a text that follows another one: constraints are asked again only where the edit touches what
 * they read.
 *
 * @param before what the same server made of the text before, and how this one differs from it
 */
export function evaluateAgain(
  document: ClientMetadataDocument,
  server: ServerProfile,
  before?: { readonly evaluation: Evaluation; readonly changes: Changes },
): Evaluation {
  if (!before) {
    const reasons = server.constraints.map((constraint) => ask(constraint, document));
    return { verdict: conclude(document, server, reasons.flat()), reasons };
  }
  const { evaluation, changes } = before;
  let { reasons } = evaluation;
  for (const at of touched(server, changes)) {
    const found = ask(server.constraints[at] as Constraint, document);
    if (!isSame(found, reasons[at])) reasons = reasons.with(at, found);
  }
  const sameSignIns = !SIGN_IN_MEMBERS.some((name) => changes.names.has(name));
  if (sameSignIns && reasons === evaluation.reasons) return evaluation;
  return { verdict: conclude(document, server, reasons.flat()), reasons };
}

/** What `conclude` reads of a document. */
const SIGN_IN_MEMBERS = ["redirect_uris", "application_type"];

function ask(constraint: Constraint, document: ClientMetadataDocument): Reason[] {
  const reasons: Reason[] = [];
  addReasons(reasons, document, constraint, readsOf(constraint));
  return reasons;
}

/** While one member is edited, the same constraints are touched again and again. */
const lastTouched = new WeakMap<
  ServerProfile,
  { readonly key: string; readonly notes: number; readonly constraints: readonly number[] }
>();

/** Where in `constraints` those stand whose answer the changes may change. */
function touched(server: ServerProfile, changes: Changes): readonly number[] {
  const { key } = changes;
  const last = lastTouched.get(server);
  if (last?.key === key && last.notes === MemberReads.notes) return last.constraints;
  const constraints = [...server.constraints.keys()].filter((at) =>
    readsOf(server.constraints[at] as Constraint).mayDependOn(changes),
  );
  lastTouched.set(server, { key, notes: MemberReads.notes, constraints });
  return constraints;
}

function isSame(some: readonly Reason[], others: readonly Reason[] = []): boolean {
  return (
    some.length === others.length &&
    some.every(({ rule, message, pointer }, at) => {
      const other = others[at];
      return rule === other?.rule && message === other.message && pointer === other.pointer;
    })
  );
}
