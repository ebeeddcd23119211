import { say } from "../localisation/say.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  jsonObject,
  methodRule,
  redirectStrings,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { literalWildcard } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { fetchPort, urlConstraint, whatwgHttps } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

const MAX_BYTES = 256 * 1024;
const NOT_LISTED = "requested redirect_uri is not listed in metadata.redirect_uris";
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);
/** `isBlockedIp` for IPv4. An IPv6 literal is looked up as a name, brackets and all, which no resolver knows. */
const BLOCKED = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["100.64.0.0/10", "224.0.0.0/3"],
);

/** A list that must be there and hold a value. */
function listWith(id: string, member: string, value: string, rule: string, missing: string): Constraint {
  return onMembers({ id, rule, bom: "strip" }, (members, report) => {
    const list = members[member];
    const message = `metadata.${member} must include ${value}`;
    if (list === undefined || list === null)
      report(message, list === null ? `/${member}` : undefined, missing);
    else if (!Array.isArray(list) || !list.every((item) => typeof item === "string"))
      report(message, `/${member}`, "document/wrong-type");
    else if (!list.includes(value)) report(message, `/${member}`);
  });
}

const CONSTRAINTS: readonly Constraint[] = [
  whatwgHttps("metadata URL must use HTTPS"),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "metadata URL must not contain credentials",
    (_parts, url) => {
      const parsed = parseUrl(url);
      return Boolean(parsed?.username || parsed?.password);
    },
  ),
  urlConstraint(
    "url-host",
    "client-id/special-use-host",
    "metadata URL hostname is blocked",
    (_parts, url) => {
      const host = parseUrl(url)?.hostname.replace(/\.$/, "") ?? "";
      return host === "localhost" || host.endsWith(".localhost") || host === "metadata.google.internal";
    },
  ),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "metadata URL IP address is blocked",
    (_parts, url) => {
      const host = parseUrl(url)?.hostname ?? "";
      if (host.startsWith("[")) return "client-id/ip-literal";
      const address = addressOf(host);
      return address !== undefined && isWithin(address, BLOCKED);
    },
  ),
  fetchPort("fetch failed"),
  sizeLimit(MAX_BYTES, () => "metadata response body exceeds size limit"),
  ...jsonObject("metadata response is not valid JSON", "metadata.client_id is missing", { bom: "strip" }),
  sameClientId(
    (id) => (id ? "metadata.client_id does not match requested client_id" : "metadata.client_id is missing"),
    { bom: "strip" },
  ),
  onMembers(
    { id: "redirect-uris", rule: "redirect-uris/missing", bom: "strip" },
    ({ redirect_uris: uris }, report) => {
      const message = "metadata.redirect_uris must be an array of strings";
      if (uris === undefined || uris === null) report(message);
      else if (!Array.isArray(uris)) report(message, "/redirect_uris", "redirect-uris/type");
    },
  ),
  redirectStrings("metadata.redirect_uris must be an array of strings", { bom: "strip" }),
  listWith(
    "code-response",
    "response_types",
    "code",
    "response-types/empty-with-code",
    "response-types/missing",
  ),
  listWith(
    "code-grant",
    "grant_types",
    "authorization_code",
    "grant-types/code-mismatch",
    "grant-types/missing",
  ),
  onMembers({ id: "auth-method", rule: "auth-method/unknown", bom: "strip" }, (members, report) => {
    const method = members["token_endpoint_auth_method"];
    if (method === "none") return;
    const message = "metadata.token_endpoint_auth_method must be none for native/public clients";
    if (method === undefined) report(message, undefined, "auth-method/missing");
    else report(message, "/token_endpoint_auth_method", methodRule(method));
  }),
];

/**
 * As strings; and two loopback URIs of one scheme, path, query and fragment, whatever their loopback names, when the
 * entry has no port.
 */
const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry) {
    if (redirectUri === entry) return true;
    const registered = parseUrl(entry);
    const requested = parseUrl(redirectUri);
    return (
      registered !== undefined &&
      requested !== undefined &&
      registered.protocol === requested.protocol &&
      LOOPBACK_HOSTS.has(registered.hostname) &&
      LOOPBACK_HOSTS.has(requested.hostname) &&
      registered.pathname === requested.pathname &&
      registered.search === requested.search &&
      registered.hash === requested.hash &&
      registered.port === ""
    );
  },
  refusal: () => NOT_LISTED,
  entryOutcome(entry) {
    const wildcard = literalWildcard(entry, NOT_LISTED);
    if (wildcard) return wildcard;
    if (/^http:\/\/\[::1\](?:[/?#]|$)/i.test(entry)) {
      return {
        outcome: "limited",
        rule: "redirect-uris/loopback-exact",
        message: say`${NOT_LISTED}: [::1] does not count as a loopback name here, so the client may not add a port.`,
      };
    }
    return /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d/i.test(entry)
      ? {
          outcome: "limited",
          rule: "redirect-uris/fixed-loopback-port",
          message: say`${NOT_LISTED}: an entry with a port matches on that port only.`,
        }
      : { outcome: "works" };
  },
};

/** AkxenTech's test authorization server, which checks a document while somebody signs in with it. */
export const cimdReader: ServerProfile = {
  id: "cimd-reader",
  name: "cimd-reader",
  version: "e0f6e0b (2026-08-19)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "AkxenTech/cimd-reader lib/oauth/cimd-validator.ts @e0f6e0b36c9a",
      url: "https://github.com/AkxenTech/cimd-reader/blob/e0f6e0b36c9aaf576bed2426ffcef7031de3e451/lib/oauth/cimd-validator.ts",
    },
  ],
  notExecuted: "no-release",
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: undefined,
  consent: undefined,
};
