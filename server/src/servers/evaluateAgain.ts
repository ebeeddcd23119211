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
  let changed =
    !before || before.changes.names.has("redirect_uris") || before.changes.names.has("application_type");
  const reasons = server.constraints.map((constraint, at) => {
    const reads = readsOf(constraint);
    const known = before?.evaluation.reasons[at];
    if (before && known && !reads.mayDependOn(before.changes)) return known;
    const found: Reason[] = [];
    addReasons(found, document, constraint, reads);
    if (!known || !isSame(found, known)) changed = true;
    return found;
  });
  if (before && !changed) return before.evaluation;
  return { verdict: conclude(document, server, reasons.flat()), reasons };
}

function isSame(some: readonly Reason[], others: readonly Reason[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ rule, message, pointer }, at) => {
      const other = others[at];
      return rule === other?.rule && message === other.message && pointer === other.pointer;
    })
  );
}
