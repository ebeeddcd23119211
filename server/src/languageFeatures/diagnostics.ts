import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import { clip } from "../document/valueText.js";
import type { Severity } from "../rules/problem.js";
import { rulePageUrl } from "../rules/rulePageUrl.js";

/** The `source` of every diagnostic. */
export const DIAGNOSTIC_SOURCE = "cimd";

/** LSP's numbers. The library's own names for them are one large object, of which diagnostics need nothing else. */
const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};
const TAG = { unnecessary: 1, deprecated: 2 } as const satisfies Record<string, DiagnosticTag>;

/** A message may quote a value of any length; it is cut after so many UTF-16 units. */
const MAX_MESSAGE = 1_000;

/**
 * The LSP form of an analysis' findings.
 *
 * @param uri the document's, for related places
 */
export function diagnostics({ document, findings }: Analysis, uri: string): Diagnostic[] {
  return findings.map((finding): Diagnostic => {
    return {
      range: document.range(finding),
      severity: SEVERITY[finding.severity],
      code: finding.rule,
      codeDescription: { href: rulePageUrl(finding.rule) },
      source: DIAGNOSTIC_SOURCE,
      message: clip(finding.message, MAX_MESSAGE),
      ...(finding.tags
        ? {
            tags: finding.tags.map((tag) => TAG[tag]),
          }
        : {}),
      ...(finding.related
        ? {
            relatedInformation: finding.related.map((place) => ({
              location: { uri, range: document.range(place) },
              message: clip(place.message),
            })),
          }
        : {}),
    };
  });
}
