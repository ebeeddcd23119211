import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Finding } from "./problem.js";
import type { Fix } from "./rule.js";
import { ruleById } from "./rules.js";

/**
 * The ways that a finding's rule knows to fix it. In the bundles this module is a file of its own, the only one that
 * has the fixes: they are asked for when there is something to fix.
 */
export function fixesByRule(document: ClientMetadataDocument, finding: Finding): readonly Fix[] {
  return ruleById(finding.rule)?.fix?.(document, finding) ?? [];
}
