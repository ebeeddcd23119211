import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { memoize } from "../document/memoize.js";
import { say } from "../localisation/say.js";
import { constraint, onUrl } from "./behaviours/constraintKinds.js";
import { comparedAsStrings, literalWildcard, wildcardRule } from "./behaviours/entryOutcomes.js";
import { jsonBody, syntaxRule } from "./behaviours/jsonBody.js";
import { pythonBody } from "./behaviours/pythonBody.js";
import { type IpAddress, ipv6Within, isLoopback, parseIpAddress } from "./behaviours/pythonIpAddress.js";
import type { PythonDict, PythonValue } from "./behaviours/pythonJson.js";
import { hostname, isValueError, port, urlparse, userinfo } from "./behaviours/pythonUrlparse.js";
import { dotSegmentRule } from "./behaviours/urlConstraints.js";
import { stringsIn } from "./behaviours/zodShape.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

/** A body of this size may have been cut off and is not read. */
const MAX_FETCH_BYTES = 10_240;
const REFUSAL = "Invalid redirect URI";

/** `is_local`: loopback, private and link-local addresses. */
function isLocal(address: IpAddress): boolean {
  const { version, value } = address;
  if (isLoopback(address)) return true;
  const networks = version === 4 ? LOCAL_IPV4 : LOCAL_IPV6;
  return networks.some((cidr) => ipv6Within(value, cidr));
}

// An IPv4 network is written as that of its addresses' values.
const LOCAL_IPV4 = ["::a00:0/104", "::ac10:0/108", "::c0a8:0/112", "::a9fe:0/112"];
const LOCAL_IPV6 = [
  "fc00::/7",
  "fe80::/10",
  "::ffff:127.0.0.0/104",
  "::ffff:10.0.0.0/104",
  "::ffff:172.16.0.0/108",
  "::ffff:192.168.0.0/112",
];

/** What `_parse_client_id` has against a URL: the rule, or undefined. */
function clientIdFault(url: string): string | undefined {
  const parts = urlparse(url);
  if (isValueError(parts)) return "client-id/illegal-character";
  if (parts.scheme !== "https" && parts.scheme !== "http") return "client-id/https";
  const dots = dotSegmentRule(parts.path, false);
  if (dots !== undefined) return dots;
  if (parts.fragment !== "") return "client-id/fragment";
  if (userinfo(parts.netloc).username !== undefined) return "client-id/userinfo";
  if (typeof port(parts.netloc) === "object") return "client-id/port-invalid";
  const host = hostname(parts.netloc.toLowerCase());
  if (host === undefined) return "client-id/absolute-url";
  const address = parseIpAddress(host);
  return address && !isLocal(address) ? "client-id/ip-literal" : undefined;
}

/** Scheme and host with port, as the two are compared; undefined where Python's parser fails. */
function origin(url: string): string | undefined {
  const parts = urlparse(url);
  return isValueError(parts) ? undefined : `${parts.scheme}://${parts.netloc.toLowerCase()}`;
}

function isOwn(redirectUri: string, clientId: string): boolean {
  const theirs = origin(redirectUri);
  return theirs !== undefined && theirs === origin(clientId);
}

/** Why the document counts for nothing, with the rule and the place. */
interface Fault {
  readonly why: string;
  readonly rule: string;
  readonly pointer?: string;
}

/** What is left of a document that is not read. */
interface Unread {
  readonly fault: Fault;
  /** Indices of the redirects to the origin of client_id, which need no document. */
  readonly own: ReadonlySet<number>;
}

/** What is left where Home Assistant does not read a document; undefined when it is read. */
const unreadOf = memoize((document: ClientMetadataDocument): Unread | undefined => {
  const members = membersOf(document);
  const fault = findFault(document, members);
  if (!fault) return undefined;
  const own = stringsIn(members?.get("redirect_uris")).filter(({ text }) => isOwn(text, document.url ?? ""));
  return { fault, own: new Set(own.map(({ index }) => index)) };
});

function membersOf(document: ClientMetadataDocument): PythonDict | undefined {
  const body = pythonBody(document);
  return "value" in body && body.value instanceof Map ? (body.value as PythonDict) : undefined;
}

/** What keeps Home Assistant from reading a document. */
function findFault(document: ClientMetadataDocument, members: PythonDict | undefined): Fault | undefined {
  const url = document.url ?? "";
  if (document.byteLength >= MAX_FETCH_BYTES)
    return { why: say`it has ${MAX_FETCH_BYTES} bytes or more`, rule: "document/size" };
  // Strict JSON in a text of UTF-8: no byte order mark, no `NaN`.
  if (!("value" in pythonBody(document)) || !jsonBody(document).json)
    return { why: say`it is not valid JSON`, rule: syntaxRule(document) };
  if (!members) return { why: say`it is not a JSON object`, rule: "document/not-object" };
  const id = members.get("client_id");
  if (id === undefined) return { why: say`it has no client_id`, rule: "client-id/missing" };
  if (id !== url)
    return {
      why: say`client_id does not match the document URL`,
      rule: "client-id/url-mismatch",
      pointer: "/client_id",
    };
  const parts = urlparse(url);
  if (isValueError(parts) || parts.scheme !== "https")
    return { why: say`its URL is not https`, rule: "client-id/https", pointer: "/client_id" };
  if (parts.path === "")
    return { why: say`its URL has no path`, rule: "client-id/path-required", pointer: "/client_id" };
  if (url.includes("#"))
    return { why: say`its URL has a fragment`, rule: "client-id/fragment", pointer: "/client_id" };
  return listFault(members.get("redirect_uris"));
}

function listFault(uris: PythonValue | undefined): Fault | undefined {
  if (!Array.isArray(uris)) return { why: say`it has no redirect_uris`, rule: "redirect-uris/missing" };
  if (uris.length === 0)
    return { why: say`its redirect_uris are empty`, rule: "redirect-uris/empty", pointer: "/redirect_uris" };
  const index = uris.findIndex((uri) => !isReadable(uri));
  if (index < 0) return undefined;
  return {
    why: say`it has an invalid entry in redirect_uris`,
    rule: unreadableRule(uris[index]),
    pointer: jsonPointer("redirect_uris", index),
  };
}

/** `_is_valid_metadata_redirect_uri`. */
function isReadable(uri: unknown): boolean {
  if (typeof uri !== "string" || uri.includes("#")) return false;
  const parts = urlparse(uri);
  return !isValueError(parts) && parts.scheme !== "" && typeof port(parts.netloc) !== "object";
}

/** The rule about an entry that is not read. */
function unreadableRule(uri: unknown): string {
  if (typeof uri !== "string") return "redirect-uris/type";
  if (uri.includes("#")) return "redirect-uris/fragment";
  const parts = urlparse(uri);
  if (isValueError(parts)) return "redirect-uris/illegal-character";
  if (parts.scheme === "") return "redirect-uris/absolute";
  return wildcardRule(uri) ?? "redirect-uris/port-invalid";
}

function notRead({ why }: Fault): string {
  return say`${REFUSAL}: the document is not read, because ${why}; only redirects to the origin of client_id are left`;
}

const CONSTRAINTS: readonly Constraint[] = [
  onUrl({ id: "client-id", rule: "client-id/https" }, (url, report) => {
    const rule = clientIdFault(url);
    if (rule !== undefined) report("Invalid client id", rule);
  }),
  constraint({ id: "metadata-document", rule: "redirect-uris/missing" }, (document, report) => {
    const { fault, own } = unreadOf(document) ?? {};
    if (fault && own?.size === 0) report(notRead(fault), fault.pointer, fault.rule);
  }),
  constraint(
    { id: "other-origins", rule: "redirect-uris/cross-site", stage: "authorize" },
    (document, report) => {
      const { fault, own } = unreadOf(document) ?? {};
      if (!fault || !own || own.size === 0) return;
      for (const { index } of document.redirects) {
        if (!own.has(index)) report(notRead(fault), jsonPointer("redirect_uris", index));
      }
    },
  ),
];

const LOOPBACK_HOSTS: ReadonlySet<string | undefined> = new Set(["127.0.0.1", "::1", "localhost"]);

/** `_without_loopback_port`: the address without its port, spelled as it is; undefined where it is not loopback. */
function withoutLoopbackPort(uri: string): string | undefined {
  const parts = urlparse(uri);
  if (isValueError(parts) || parts.scheme !== "http" || uri.includes("#")) return undefined;
  const { netloc } = parts;
  const number = port(netloc);
  if (!LOOPBACK_HOSTS.has(hostname(netloc)) || userinfo(netloc).username !== undefined) return undefined;
  if (typeof number === "object" || number === 0) return undefined;
  const prefix = `${uri.slice(0, parts.scheme.length)}://${netloc}`;
  if (!uri.startsWith(prefix)) return undefined;
  if (number === undefined) return uri;
  const host = netloc.slice(0, netloc.lastIndexOf(":"));
  return `${uri.slice(0, parts.scheme.length)}://${host}${uri.slice(prefix.length)}`;
}

/** The callbacks of Home Assistant's own apps, which need no document. */
const OWN_APPS: readonly (readonly [clientId: string, redirectUri: string])[] = [
  ["https://home-assistant.io/iOS", "homeassistant://auth-callback"],
  ["https://home-assistant.io/android", "homeassistant://auth-callback"],
  [
    "https://home-assistant.io/android",
    "https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android",
  ],
  [
    "https://home-assistant.io/android",
    "https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android",
  ],
];

/**
 * Whole strings, and any port for loopback, since 2026.11 and where the client uses PKCE. What is on the origin of
 * client_id is let through too, listed or not.
 */
const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry, { url = "" }) {
    if (redirectUri === entry) return true;
    // A client on loopback has no document that is read, so that its own redirects are all there is.
    if (isOwn(entry, url)) return false;
    const requested = withoutLoopbackPort(redirectUri);
    return requested !== undefined && requested === withoutLoopbackPort(entry);
  },
  prepare: (redirectUri) => (isValueError(urlparse(redirectUri)) ? { refused: REFUSAL } : redirectUri),
  unlisted: (redirectUri, { url = "" }) =>
    isOwn(redirectUri, url) || OWN_APPS.some(([id, uri]) => id === url && uri === redirectUri),
  refusal: () => REFUSAL,
  entryOutcome: (entry) => literalWildcard(entry, REFUSAL) ?? { outcome: "works" },
};

/**
 * Home Assistant, whose IndieAuth sign-in reads redirect_uris, and nothing else, out of a metadata document. Redirects to
 * the origin of client_id need no document; a document that is not read counts as refused only where it lists no others.
 */
export const homeAssistant: ServerProfile = {
  id: "home-assistant",
  name: "Home Assistant",
  version: "2026.11.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  reach: {
    kind: "installed",
    reason: "it runs in more than 2 million households",
    source:
      "https://github.blog/open-source/maintainers/the-local-first-rebellion-how-home-assistant-became-the-most-important-project-in-your-house",
    date: "2025-12-02",
  },
  evidence: [
    {
      what: "pypi:homeassistant@2026.11.0 homeassistant/components/auth/indieauth.py",
      url: "https://github.com/home-assistant/core/blob/2026.11.0/homeassistant/components/auth/indieauth.py",
    },
    {
      what: "pypi:homeassistant@2026.11.0 homeassistant/components/auth/login_flow.py (any loopback port with PKCE)",
      url: "https://github.com/home-assistant/core/blob/2026.11.0/homeassistant/components/auth/login_flow.py",
    },
  ],
  readCompletely: ["fetch", "document", "authorize"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: undefined,
  changes: [
    {
      before: "2026.11.0",
      constraints: CONSTRAINTS,
      redirects: { ...REDIRECT_MATCHING, ...comparedAsStrings(REFUSAL) },
      source: {
        what: "pypi:homeassistant@2026.10.0 homeassistant/components/auth/indieauth.py",
        url: "https://github.com/home-assistant/core/blob/2026.10.0/homeassistant/components/auth/indieauth.py",
      },
    },
  ],
};
