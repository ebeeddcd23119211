import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { rfc } from "../../specifications/sources.js";
import { findDotSegment, withoutDotSegments } from "../../uri/spelling.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { isWeb, redirectRule } from "./redirectRule.js";

/** The first dot segment of a path, also a percent-encoded one. */
export function dotSegment({ parts }: RedirectUri) {
  return findDotSegment(parts.path, false) ?? findDotSegment(parts.path, true);
}

export const dotSegmentRule = redirectRule({
  id: "redirect-uris/dot-segment",
  severity: "warning",
  title: "Redirect URIs have no `.` or `..` path segments",
  why: "Browsers and URL libraries resolve dot segments, plain or encoded, before anything is compared or opened.",
  sources: [rfc(3986, "6.2.2.3"), rfc(9700, "2.1")],
  bad: [
    '"redirect_uris": ["https://app.acme.dev/a/«..»/callback"]',
    '"redirect_uris": ["https://app.acme.dev/a/«%2e%2E»/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/.auth/callback"]'],
  test(uri) {
    const found = isWeb(uri) ? dotSegment(uri) : undefined;
    if (!found) return undefined;
    const start = offsetOf("path", uri.parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`Browsers and URL libraries resolve \`.\` and \`..\` (RFC 3986 §6.2.2.3), so the entry does not match what a client sends. Write the path they resolve to.`,
    };
  },
  fix: ({ parts }) => [
    {
      title: say`Resolve the dot segments`,
      uri: joinUri({ ...parts, path: withoutDotSegments(parts.path.replace(/%2e/gi, ".")) }),
      preferred: true,
    },
  ],
});
