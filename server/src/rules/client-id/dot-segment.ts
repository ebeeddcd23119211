import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findDotSegment, withoutDotSegments } from "../../uri/spelling.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const dotSegment = clientIdRule({
  id: "client-id/dot-segment",
  severity: "error",
  title: "client_id has no `.` or `..` path segments",
  why: "Parsers resolve dot segments, so the address that is fetched is not the identifier that was sent.",
  sources: [cimd("3")],
  bad: [
    '"client_id": "https://app.acme.dev/a/«..»/client"',
    '"client_id": "https://app.acme.dev/«.»/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/.well-known/client"'],
  test({ parts }) {
    const found = findDotSegment(parts.path, false);
    if (!found) return undefined;
    const start = offsetOf("path", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`\`client_id\` must not have \`.\` or \`..\` segments (CIMD draft-03 §3). Write the path they resolve to.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, path: withoutDotSegments(parts.path) }),
  fixTitle: () => say`Resolve the dot segments`,
});

export const dotSegmentEncoded = clientIdRule({
  id: "client-id/dot-segment-encoded",
  severity: "error",
  title: "client_id has no encoded dot segments",
  why: "`%2e` is a dot to URL parsers; oidc-provider, better-auth, Cloudflare and Keycloak refuse it like a plain one.",
  sources: [cimd("3"), rfc(3986, "6.2.2.2")],
  bad: ['"client_id": "https://app.acme.dev/a/«%2e%2E»/client"'],
  good: ['"client_id": "https://app.acme.dev/a.b/client"'],
  test({ parts }) {
    const found = findDotSegment(parts.path, true);
    if (!found) return undefined;
    const start = offsetOf("path", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`The encoded dots make a \`.\` or \`..\` segment, which \`client_id\` must not have (CIMD draft-03 §3). Write the path they resolve to.`,
    };
  },
});
