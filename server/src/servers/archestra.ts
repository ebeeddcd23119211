import { jsonPointer } from "../document/jsonPointer.js";
import { describeValue } from "../document/valueText.js";
import { constraint, onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  redirectList,
  redirectStrings,
  rootObject,
  sameClientId,
  validJson,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings, literalWildcard } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { isLoopbackHostname } from "./behaviours/loopbackMatching.js";
import { fetchPort, fetchUserinfo, urlConstraint } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import { stringsIn } from "./behaviours/zodShape.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_SIZE = 1024 * 1024;
const BOM = { bom: "strip" } as const;
const NO_REDIRECTS = "CIMD document must include redirect_uris as a non-empty array of strings";

/** Those of `BLOCKED_RANGES` of npm:ipaddr.js. */
const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ...["::/128", "::1/128", "2001:db8::/32", "fc00::/7", "fe80::/10", "ff00::/8"],
);

function isPrivate(hostname: string): boolean {
  const address = addressOf(hostname);
  return hostname === "localhost" || (address !== undefined && isWithin(address, BLOCKED));
}

/** The members that go into columns of text, which hold no U+0000. */
const STORED = ["client_name", "client_uri", "policy_uri", "tos_uri", "software_id", "software_version"];
const STORED_LISTS = ["redirect_uris", "grant_types", "response_types", "contacts"];

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url", "client-id/absolute-url", "invalid_client", (_parts, url) => {
    const parsed = parseUrl(url);
    if (!parsed) return true;
    if (!/^https?:$/.test(parsed.protocol)) return "client-id/https";
    return parsed.pathname.length > 1 ? undefined : "client-id/root-path";
  }),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "CIMD client_id URL must not point to a private or loopback address",
    (_parts, url) => isPrivate(parseUrl(url)?.hostname ?? ""),
  ),
  fetchUserinfo("Request cannot be constructed from a URL that includes credentials"),
  fetchPort("fetch failed"),
  constraint({ id: "size", rule: "document/size", stage: "fetch" }, (document, report) => {
    if (document.text.length > MAX_SIZE) report(`CIMD document exceeds maximum size of ${MAX_SIZE} bytes`);
  }),
  validJson(() => "CIMD document is not valid JSON", BOM),
  rootObject(() => "CIMD document must be a JSON object", BOM),
  sameClientId(
    (id, url) =>
      `CIMD document client_id "${describeValue(id, { quotes: false })}" does not match the URL "${url}"`,
    BOM,
  ),
  clientName("CIMD document must include a non-empty client_name", true, BOM),
  redirectList(NO_REDIRECTS, BOM),
  redirectStrings(NO_REDIRECTS, BOM),
  onMembers({ id: "stored-text", rule: "document/wrong-type", ...BOM }, (members, report) => {
    const message = "invalid byte sequence for encoding UTF8: 0x00";
    for (const member of STORED) {
      const text = members[member];
      if (typeof text === "string" && text.includes("\0")) report(message, jsonPointer(member));
    }
    for (const member of STORED_LISTS)
      for (const { index, text } of stringsIn(members[member]))
        if (text.includes("\0")) report(message, jsonPointer(member, index));
  }),
];

const REFUSAL = "invalid redirect uri";

/** `loopbackRedirectUriMatchesIgnoringPort`: the query is not compared, and https counts too. */
function samePage(redirectUri: string, entry: string): boolean {
  const [requested, registered] = [parseUrl(redirectUri), parseUrl(entry)];
  if (!requested || !registered || !isLoopbackHostname(requested.hostname)) return false;
  return (
    requested.protocol === registered.protocol &&
    requested.hostname === registered.hostname &&
    requested.pathname === registered.pathname
  );
}

const COMPARED = comparedAsStrings(REFUSAL);

/** A loopback redirect URI that is another's but for port and query is added to the client's before Better Auth compares. */
const REDIRECTS: RedirectMatching = {
  matches: (redirectUri, entry) => redirectUri === entry || samePage(redirectUri, entry),
  refusal: () => REFUSAL,
  entryOutcome(entry, context) {
    const wildcard = literalWildcard(entry, REFUSAL);
    if (!wildcard && isLoopbackHostname(parseUrl(entry)?.hostname ?? "")) return { outcome: "works" };
    return COMPARED.entryOutcome?.(entry, context) ?? { outcome: "unknown" };
  },
};

/**
 * Archestra, whose authorization server is Better Auth with a reader of documents of its own. Every client is public; what a
 * document says of its authentication is not read.
 */
export const archestra: ServerProfile = {
  id: "archestra",
  name: "Archestra",
  version: "e3cb41ac8346 (2026)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "archestra-ai/archestra platform/backend/src/auth/cimd.ts @e3cb41ac8346",
      url: "https://github.com/archestra-ai/archestra/blob/e3cb41ac8346f3613f99f0d2f4efc03379629784/platform/backend/src/auth/cimd.ts",
    },
    {
      what: "archestra-ai/archestra platform/backend/src/routes/auth.ts (the authorization request, loopback redirect URIs)",
      url: "https://github.com/archestra-ai/archestra/blob/main/platform/backend/src/routes/auth.ts",
    },
  ],
  notExecuted: "no-release",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECTS,
  cache: { minimum: 300, fallback: 300, maximum: 300, honours: [], stale: "refused" },
  consent: undefined,
};
