import { say } from "../../localisation/say.js";
import { literalWildcard } from "../behaviours/entryOutcomes.js";
import { isLoopbackHostname, matchesAnyLoopbackPort } from "../behaviours/loopbackMatching.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { RedirectMatching } from "../profile.js";

function refusal(redirectUri: string): string {
  return `Invalid redirect URI: ${redirectUri}`;
}

/** `isValidRedirectUri`: https, http to the machine itself, and every other scheme. */
function mayBeRequested(redirectUri: string): boolean {
  const url = parseUrl(redirectUri);
  return url !== undefined && (url.protocol !== "http:" || isLoopbackHostname(url.hostname));
}

/**
 * How Tableau MCP compares: whole strings, and two http loopback URIs part by part without the port.
 *
 * Source: `tableau/tableau-mcp` src/server/oauth/matchesRegisteredRedirectUri.ts, isValidRedirectUri.ts @c5e4bb24d02e.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches: matchesAnyLoopbackPort,
  prepare: (redirectUri) => (mayBeRequested(redirectUri) ? redirectUri : { refused: refusal(redirectUri) }),
  refusal,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, "Invalid redirect URI");
    if (wildcard) return wildcard;
    // Everything but http passes; only http needs a closer look.
    if (!/^\s*http:/i.test(entry) || mayBeRequested(entry)) return { outcome: "works" };
    return {
      outcome: "never",
      rule: "redirect-uris/http-non-loopback",
      message: say`${refusal(entry)}: http is for the user's own machine only.`,
    };
  },
};
