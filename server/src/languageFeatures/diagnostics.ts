import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import type { Severity } from "../rules/problem.js";
import { ruleById } from "../rules/rules.js";

/** The `source` of every diagnostic. */
export const DIAGNOSTIC_SOURCE = "cimd";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/**
 * The LSP form of an analysis' findings.
 *
 * @param uri the document's, for related places
 */
export function diagnostics({ document, findings }: Analysis, uri: string): Diagnostic[] {
  return findings.map((finding): Diagnostic => {
    const href = ruleById(finding.rule)?.sources[0].url;
    return {
      range: document.range(finding),
      severity: SEVERITY[finding.severity],
      code: finding.rule,
      ...(href === undefined ? {} : { codeDescription: { href } }),
      source: DIAGNOSTIC_SOURCE,
      message: finding.message,
      ...(finding.tags
        ? {
            tags: finding.tags.map((tag) =>
              tag === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary,
            ),
          }
        : {}),
      ...(finding.related
        ? {
            relatedInformation: finding.related.map((place) => ({
              location: { uri, range: document.range(place) },
              message: place.message,
            })),
          }
        : {}),
    };
  });
}
