import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { atproto, type Source } from "../../specifications/sources.js";
import type { Severity } from "../problem.js";
import { defineRule, type Report, type Rule } from "../rule.js";
import { declaresAtproto } from "./declares.js";

export interface AtprotoRule extends Pick<Rule, "id" | "title" | "why" | "bad" | "good" | "fix"> {
  /** Rules outside the profile that speak of the same cause. */
  readonly sameAs?: readonly string[];
  /** What further texts say. */
  readonly alsoIn?: readonly Source[];
}

/** A requirement of the profile's text. */
export interface ProfileRule extends AtprotoRule {
  /** An error unless it says otherwise. */
  readonly severity?: Severity;
  /** Called for documents that declare themselves atproto's. */
  readonly check: (document: ClientMetadataDocument, report: (found: Report) => void) => void;
}

/** A requirement that only servers make. */
export interface ServerRule extends AtprotoRule {
  /** The sentence in front of the servers' names. */
  readonly sentence: string;
  /** Finds the places where servers name no more than the member. */
  readonly check?: (document: ClientMetadataDocument, report: (found: Report) => void) => void;
}

/** Makes a rule of the atproto profile: an error in documents that declare themselves atproto's, silent in all others. */
export function profileRule({ check, alsoIn = [], severity = "error", ...meta }: ProfileRule): Rule {
  return defineRule({
    ...meta,
    severity,
    sources: [atproto, ...alsoIn],
    concerns: declaresAtproto,
    check(document, report) {
      if (declaresAtproto(document)) check(document, report);
    },
  });
}

/** Makes a rule of what atproto servers require beyond the profile's text. */
export function serverRule({ sentence, check, alsoIn = [], ...meta }: ServerRule): Rule {
  return defineRule({
    ...meta,
    severity: "information",
    sources: [atproto, ...alsoIn],
    concerns: declaresAtproto,
    portability: { message: sentence },
    ...(check
      ? {
          check(document: ClientMetadataDocument, report: (found: Report) => void) {
            if (declaresAtproto(document)) check(document, report);
          },
        }
      : {}),
  });
}
