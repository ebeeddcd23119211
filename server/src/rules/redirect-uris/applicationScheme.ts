import type { RedirectUri } from "../../redirects/classify.js";
import { isHostWithPort } from "./redirectRule.js";

/** Schemes by which browsers address their extensions. */
export const EXTENSION_SCHEMES: ReadonlySet<string> = new Set([
  "chrome-extension",
  "moz-extension",
  "safari-web-extension",
]);

/** True for a scheme of an application, well enough formed to have rules about the scheme itself. */
export function isApplicationScheme(uri: RedirectUri): boolean {
  return uri.kind === "private-use" && !EXTENSION_SCHEMES.has(uri.scheme) && !isHostWithPort(uri);
}
