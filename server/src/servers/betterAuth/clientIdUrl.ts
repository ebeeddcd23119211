import type { Constraint } from "../profile.js";
import { parseUrl } from "../shape.js";
import { isPublicRoutableHost } from "./hosts.js";

const DOT_SEGMENT = /\/(?:\.|%2e)(?:\.|%2e)?(?:\/|$|#|\?)/i;
const HTTPS_AUTHORITY = /^https:\/\/(?![/?#])/i;

interface UrlDemand {
  readonly id: string;
  readonly rule: string;
  readonly message: string;
  /** @param url the URL as written; @param parsed what WHATWG URL makes of it */
  violatedBy(url: string, parsed: URL): boolean;
}

const DEMANDS: readonly UrlDemand[] = [
  {
    id: "client-id-dot-segment",
    rule: "client-id/dot-segment",
    message: "client_id URL MUST NOT contain dot segments",
    violatedBy: (url) => DOT_SEGMENT.test(url),
  },
  {
    id: "client-id-fragment",
    rule: "client-id/fragment",
    message: "client_id URL MUST NOT contain a fragment",
    violatedBy: (url) => url.includes("#"),
  },
  {
    id: "client-id-authority",
    rule: "client-id/absolute-url",
    message: "client_id URL MUST use an explicit HTTPS authority form",
    violatedBy: (url) => !HTTPS_AUTHORITY.test(url) || url.includes("\\"),
  },
  {
    id: "client-id-path",
    rule: "client-id/path-required",
    message: "client_id URL MUST contain an explicit path component",
    violatedBy: (url) => /^https:\/\/[^/?#]+(?:[?#]|$)/i.test(url),
  },
  {
    id: "client-id-credentials",
    rule: "client-id/userinfo",
    message: "client_id URL MUST NOT contain credentials",
    violatedBy: (_url, { username, password }) => username !== "" || password !== "",
  },
  {
    id: "client-id-special-use-host",
    rule: "client-id/special-use-host",
    message: "client_id URL must not target a private or reserved address",
    violatedBy: (_url, { hostname }) => !isPublicRoutableHost(hostname),
  },
];

/** What Better Auth says of a client_id that it does not look up: the plugin passes it on, and nobody knows it. */
export const NOT_A_DOCUMENT_URL =
  "Only an https URL is looked up as a client metadata document; any other client_id is an unknown client.";

/**
 * What the URL must look like before Better Auth fetches it (npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs,
 * `isCimdClientIdUrlCandidate` and `validateClientIdUrl`).
 */
export const clientIdUrlConstraints: readonly Constraint[] = [
  {
    id: "client-id-https",
    stage: "fetch",
    effect: "blocks",
    rule: "client-id/https",
    check({ url }, report) {
      if (url !== undefined && parseUrl(url)?.protocol !== "https:") {
        report({ message: NOT_A_DOCUMENT_URL, pointer: "/client_id" });
      }
    },
  },
  ...DEMANDS.map(
    ({ id, rule, message, violatedBy }): Constraint => ({
      id,
      stage: "fetch",
      effect: "blocks",
      rule,
      check({ url }, report) {
        if (url === undefined) return;
        const parsed = parseUrl(url);
        if (parsed?.protocol === "https:" && violatedBy(url, parsed))
          report({ message, pointer: "/client_id" });
      },
    }),
  ),
];
