// What checking a document takes. The bundle reads it when there is a document to check, so only functions are exported.

import { Analyses } from "./analyses.js";

export { hostedUrl } from "../check/hosting.js";
export { diagnostics } from "../languageFeatures/diagnostics.js";
export { readSettings } from "./settings.js";

/** The analyses of the open documents; see there. */
export function createAnalyses(...given: ConstructorParameters<typeof Analyses>): Analyses {
  return new Analyses(...given);
}
