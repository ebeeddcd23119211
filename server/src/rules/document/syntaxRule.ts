import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { SyntaxFaultKind } from "../../document/syntaxTree.js";
import type { Finding } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

interface SyntaxRule extends Pick<Rule, "severity" | "title" | "why" | "sources" | "bad" | "good"> {
  readonly id: `document/${SyntaxFaultKind}`;
  readonly fix?: (document: ClientMetadataDocument, finding: Finding) => Fix;
}

/** A text with escapes and a number, all well-formed. */
export const GOOD: Rule["good"] = ['"client_name": "Acme \\u00e9 \\ud83d\\ude00", "default_max_age": 3600'];

/** Makes the rule of one kind of fault that the parser finds in the text itself. */
export function syntaxRule({ fix, ...meta }: SyntaxRule): Rule {
  return defineRule({
    ...meta,
    // Editors take the byte order mark away before their JSON service sees the text.
    ...(meta.id === "document/bom" ? {} : { coveredByJsonService: true as const }),
    check(document, report) {
      for (const fault of document.faults) {
        if (`document/${fault.kind}` === meta.id) report({ at: fault, pointer: "", message: fault.message });
      }
    },
    ...(fix
      ? {
          fix: (document, finding) => {
            const found = fix(document, finding);
            return found.edits.length > 0 ? [found] : [];
          },
        }
      : {}),
  });
}
