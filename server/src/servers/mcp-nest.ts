import { jsonPointer } from "../document/jsonPointer.js";
import { describeValue } from "../document/valueText.js";
import { SHARED_SECRET_METHODS } from "../metadata/authMethods.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  clientName,
  jsonObject,
  methodRule,
  noClientSecret,
  redirectList,
  sameClientId,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { addressOf, blocks, isWithin } from "./behaviours/ipAddress.js";
import { dotSegmentRule, urlConstraint, whatwgUrlConstraints } from "./behaviours/urlConstraints.js";
import { parseUrl } from "./behaviours/whatwgUrl.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 5 * 1024;
const NO_REDIRECTS =
  "Invalid client_id: client metadata document must contain a non-empty redirect_uris array of strings";
/** `isPubliclyRoutable`. */
const NOT_ROUTABLE_IPV4 = blocks(
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/16", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"],
);
const NOT_ROUTABLE_IPV6 = blocks("::/96", "fc00::/7", "fe80::/10", "ff00::/8");
const MAPPED = blocks("::ffff:0:0/96");

function isNotRoutable(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = addressOf(hostname);
  if (!address) return false;
  if (isWithin(address, MAPPED)) return isWithin(address.slice(6), NOT_ROUTABLE_IPV4);
  return isWithin(address, NOT_ROUTABLE_IPV4) || isWithin(address, NOT_ROUTABLE_IPV6);
}

/** The path as it is written, which a parser would have cleaned. */
function writtenPath(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  return start < 0 ? "" : (url.slice(start).split(/[?#]/, 1)[0] ?? "");
}

function methodWords(method: string): string {
  return SHARED_SECRET_METHODS.has(method)
    ? `Invalid client_id: client metadata documents MUST NOT use token_endpoint_auth_method=${method}`
    : `Invalid client_id: token_endpoint_auth_method=${method} is not supported by this authorization server`;
}

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint(
    "url-parses",
    "client-id/absolute-url",
    "Invalid client_id: client_id is not a valid absolute URL",
    (_parts, url) => !/^https?:\/\//i.test(url) || !parseUrl(url),
  ),
  ...whatwgUrlConstraints({
    https: "Invalid client_id: a Client ID Metadata Document URL must use the https scheme",
    userinfo: "Invalid client_id: client_id must not contain userinfo",
  }),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "Invalid client_id: client_id must not contain a fragment",
    (_parts, url) => url.includes("#"),
  ),
  urlConstraint(
    "url-path",
    "client-id/path-required",
    "Invalid client_id: client_id must contain a path component",
    (_parts, url) => {
      const path = writtenPath(url);
      return path === "/" ? "client-id/root-path" : path === "";
    },
  ),
  urlConstraint(
    "url-dot-segments",
    "client-id/dot-segment",
    "Invalid client_id: client_id must not contain single-dot or double-dot path segments",
    (_parts, url) => dotSegmentRule(writtenPath(url), false),
  ),
  urlConstraint(
    "fetch-address",
    "client-id/special-use-host",
    "Invalid client_id: refusing to fetch a client metadata document from a private, loopback or otherwise non-routable address",
    (_parts, url) => isNotRoutable(parseUrl(url)?.hostname ?? ""),
  ),
  sizeLimit(
    MAX_BYTES,
    () => `Invalid client_id: client metadata document is larger than the ${MAX_BYTES}-byte limit`,
  ),
  ...jsonObject(
    "Invalid client_id: client metadata document is not valid JSON",
    "Invalid client_id: client metadata document must be a JSON object",
  ),
  sameClientId(
    (id) =>
      `Invalid client_id: client metadata document declares client_id ${describeValue(id)}, which does not match the URL it was fetched from`,
  ),
  clientName("Invalid client_id: client metadata document must contain a non-empty client_name", true),
  redirectList(NO_REDIRECTS),
  onMembers({ id: "redirect-strings", rule: "redirect-uris/type" }, ({ redirect_uris: uris }, report) => {
    if (!Array.isArray(uris)) return;
    const index = uris.findIndex((uri) => typeof uri !== "string" || uri === "");
    if (index >= 0) report(NO_REDIRECTS, jsonPointer("redirect_uris", index));
  }),
  noClientSecret(
    "Invalid client_id: client metadata documents MUST NOT contain client_secret or client_secret_expires_at",
  ),
  onMembers(
    { id: "auth-method", rule: "auth-method/unknown" },
    ({ token_endpoint_auth_method: method }, report) => {
      // What is no string counts as none.
      if (typeof method !== "string" || method === "none") return;
      report(methodWords(method), "/token_endpoint_auth_method", methodRule(method));
    },
  ),
];

/**
 * The authorization server of MCP-Nest (`@rekog/mcp-nest-auth`) with `clientIdMetadataDocuments.enabled` and its other options
 * as they are by default. Every client is public; grants and response types are stored and not enforced.
 */
export const mcpNest: ServerProfile = {
  id: "mcp-nest",
  name: "MCP-Nest",
  version: "mcp-nest-auth 2.0.0-alpha.4 (d1456210)",
  kind: "mcp-server-framework",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "rekog-labs/MCP-Nest packages/mcp-nest-auth/src/services/client-id-metadata.service.ts @d145621063f3",
      url: "https://github.com/rekog-labs/MCP-Nest/blob/d145621063f39d56544d8eb658386e3258b00212/packages/mcp-nest-auth/src/services/client-id-metadata.service.ts",
    },
    {
      what: "rekog-labs/MCP-Nest packages/mcp-nest-auth/src/mcp-oauth.controller.ts, mcp-oauth.module.ts @d145621063f3",
      url: "https://github.com/rekog-labs/MCP-Nest/blob/d145621063f39d56544d8eb658386e3258b00212/packages/mcp-nest-auth/src/mcp-oauth.controller.ts",
    },
  ],
  notExecuted: "not-served",
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: CONSTRAINTS,
  redirects: comparedAsStrings("Invalid redirect_uri"),
  cache: {
    fallback: 300,
    maximum: 86_400,
    honours: ["s-maxage", "max-age", "no-store", "no-cache", "Expires"],
    stale: "refused",
  },
  consent: {
    shows: ["client-name", "client-id", "redirect-uri", "redirect-host", "scopes", "localhost-warning"],
    note: "It is always shown to clients that are known by a document.",
  },
};
