import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Finding } from "../rules/problem.js";
import type { Verdict } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { buildCompatibilityView } from "../views/compatibility/buildCompatibilityView.js";
import type { CompatibilityView } from "../views/compatibility/compatibilityView.js";
import { buildConsentView } from "../views/consent/buildConsentView.js";
import type { ConsentChoices, ConsentView } from "../views/consent/consentView.js";

/**
 * What the webviews show of the known servers. In the bundle this module is a file of its own that has the profiles'
 * evidence, which the language server's own file leaves out.
 */

/** The consent preview of a document; see `buildConsentView`. */
export function consentView(
  document: ClientMetadataDocument,
  findings: readonly Finding[],
  choices: ConsentChoices,
): ConsentView {
  return buildConsentView(document, findings, choices, SERVERS);
}

/** The compatibility view of a document; see `buildCompatibilityView`. */
export function compatibilityView(
  document: ClientMetadataDocument,
  verdicts: readonly Verdict[],
  targets: readonly string[],
): CompatibilityView {
  return buildCompatibilityView(document, verdicts, SERVERS, targets);
}
