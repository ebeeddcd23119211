import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { say } from "../localisation/say.js";
import { constraint, onUrl } from "./behaviours/constraintKinds.js";
import { comparedAsStrings, wildcardRule } from "./behaviours/entryOutcomes.js";
import { jsonBody, syntaxRule } from "./behaviours/jsonBody.js";
import { parseIpAddress } from "./behaviours/pythonIpAddress.js";
import { isValueError, urlparse } from "./behaviours/pythonUrlparse.js";
import { dotSegmentRule } from "./behaviours/urlConstraints.js";
import type { Constraint, RedirectMatching, ServerProfile } from "./profile.js";

/** A body of this size may have been cut off and is not read. */
const MAX_FETCH_BYTES = 10_240;
const REFUSAL = "Invalid redirect URI";
const LOCAL = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe[89ab])/i;

/** Whether Python's `ParseResult.port` raises a ValueError. */
function hasBadPort(netloc: string): boolean {
  const hostAndPort = netloc.slice(netloc.lastIndexOf("@") + 1).replace(/^\[.*\]/, "");
  const colon = hostAndPort.indexOf(":");
  const port = colon < 0 ? "" : hostAndPort.slice(colon + 1);
  return port !== "" && !(/^\d+$/.test(port) && Number(port) <= 65_535);
}

/** What `_parse_client_id` has against a URL: the rule, or undefined. */
function clientIdFault(url: string): string | undefined {
  const parts = urlparse(url);
  if (isValueError(parts)) return "client-id/illegal-character";
  if (parts.scheme !== "https" && parts.scheme !== "http") return "client-id/https";
  const dots = dotSegmentRule(parts.path, false);
  if (dots !== undefined) return dots;
  if (parts.fragment !== "") return "client-id/fragment";
  if (parts.netloc.includes("@")) return "client-id/userinfo";
  if (hasBadPort(parts.netloc)) return "client-id/port-invalid";
  const host = parts.netloc.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return parseIpAddress(host) && !LOCAL.test(host) ? "client-id/ip-literal" : undefined;
}

/** Scheme and host with port, as the two are compared; undefined where Python's parser fails. */
function origin(url: string): string | undefined {
  const parts = urlparse(url);
  return isValueError(parts) ? undefined : `${parts.scheme}://${parts.netloc.toLowerCase()}`;
}

/** Why the document counts for nothing, with the rule and the place. */
interface Fault {
  readonly why: string;
  readonly rule: string;
  readonly pointer?: string;
}

/** A document that counts for nothing. */
interface Unread {
  readonly fault: Fault;
  /** Indices of the redirects to the origin of client_id, which need no document. */
  readonly own: ReadonlySet<number>;
}

const looked = new WeakMap<ClientMetadataDocument, { readonly unread: Unread | undefined }>();

/** What is left where Home Assistant does not read a document; undefined when it is read. Found once for each document. */
function unreadOf(document: ClientMetadataDocument): Unread | undefined {
  let found = looked.get(document);
  if (!found) {
    const fault = findFault(document);
    found = { unread: fault && { fault, own: ownRedirects(document) } };
    looked.set(document, found);
  }
  return found.unread;
}

/** What keeps Home Assistant from reading a document. */
function findFault(document: ClientMetadataDocument): Fault | undefined {
  const url = document.url ?? "";
  if (document.byteLength >= MAX_FETCH_BYTES)
    return { why: say`it has ${MAX_FETCH_BYTES} bytes or more`, rule: "document/size" };
  const body = jsonBody(document);
  if (!body.json) return { why: say`it is not valid JSON`, rule: syntaxRule(document) };
  if (!body.members) return { why: say`it is not a JSON object`, rule: "document/not-object" };
  const { client_id: id, redirect_uris: uris } = body.members;
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
  if (!Array.isArray(uris)) return { why: say`it has no redirect_uris`, rule: "redirect-uris/missing" };
  const index = uris.findIndex((uri) => !isReadable(uri));
  if (index < 0) return undefined;
  return {
    why: say`it has an invalid entry in redirect_uris`,
    rule: unreadableRule(uris[index]),
    pointer: jsonPointer("redirect_uris", index),
  };
}

/** Addresses that Python's parser certainly reads; it takes long for lists of many thousands. */
const PLAIN = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[A-Za-z0-9.-]+(?::[1-5]?\d{1,4})?(?:\/[\w.~/-]*)?$/;

/** `_is_valid_metadata_redirect_uri`. */
function isReadable(uri: unknown): boolean {
  if (typeof uri !== "string" || uri.includes("#")) return false;
  if (PLAIN.test(uri)) return true;
  const parts = urlparse(uri);
  return !isValueError(parts) && parts.scheme !== "" && !hasBadPort(parts.netloc);
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

function ownRedirects(document: ClientMetadataDocument): ReadonlySet<number> {
  const home = origin(document.url ?? "");
  const own = document.redirects.filter(({ node }) => origin(node.value) === home);
  return new Set(own.map(({ index }) => index));
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

const exact = comparedAsStrings(REFUSAL);

/** Whole strings. Any address on the origin of client_id is let through too, listed or not. */
const REDIRECT_MATCHING: RedirectMatching = {
  ...exact,
  matches(redirectUri, entry) {
    if (redirectUri === entry) return true;
    return /^https:/i.test(redirectUri) ? undefined : false;
  },
};

/**
 * Home Assistant, whose IndieAuth sign-in reads redirect_uris, and nothing else, out of a metadata document. Redirects to
 * the origin of client_id need no document; a document that is not read counts as refused only where it has no others.
 *
 * Source: the file of the evidence in the last state of its pull request that could be read.
 */
export const homeAssistant: ServerProfile = {
  id: "home-assistant",
  name: "Home Assistant",
  version: "dev, after core#176286 (2026-08)",
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
      what: "home-assistant/core pull request 176286, homeassistant/components/auth/indieauth.py",
      url: "https://github.com/home-assistant/core/pull/176286",
    },
    {
      what: "home-assistant/developers.home-assistant pull request 3244 (what a document needs)",
      url: "https://github.com/home-assistant/developers.home-assistant/pull/3244",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: CONSTRAINTS,
  redirects: REDIRECT_MATCHING,
  cache: { maximum: 0, honours: [], stale: "refused" },
  consent: undefined,
};
