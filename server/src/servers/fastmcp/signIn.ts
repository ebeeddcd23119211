import { say } from "../../localisation/say.js";
import { parseAnyUrl } from "../behaviours/pydanticUrl.js";
import { exampleOf, fnmatch } from "../behaviours/pythonFnmatch.js";
import { partitionLast } from "../behaviours/pythonText.js";
import { hostname, isValueError, type ParseResult, urlparse } from "../behaviours/pythonUrlparse.js";
import type { EntryOutcome, RedirectMatching } from "../profile.js";
import {
  hasDotSegments,
  isUnsafe,
  type MatchRules,
  matchesPattern,
  splitHostAndPort,
} from "./redirectMatching.js";

/** What differs between releases of FastMCP at authorize time. */
export interface AuthorizeRules extends MatchRules {
  /** Whether plain http is only for the machine itself (4.0.0b1 and later). */
  readonly httpOnlyToLoopback: boolean;
}

/**
 * The authorize-time decision of FastMCP's `ProxyDCRClient.validate_redirect_uri`, without an allowlist of the operator:
 * the request's redirect URI is normalised by pydantic's `AnyUrl`, then held against the rules for schemes, then against
 * the document.
 *
 * @see https://github.com/PrefectHQ/fastmcp/blob/v4.2.3/fastmcp_slim/fastmcp/server/auth/oauth_proxy/models.py
 */
export function redirectMatching(rules: AuthorizeRules): RedirectMatching {
  return {
    matches: (redirectUri, entry) => matchesPattern(redirectUri, entry, rules),
    prepare: (redirectUri) => prepare(redirectUri, rules),
    refusal: (redirectUri) => `Redirect URI '${redirectUri}' does not match CIMD redirect_uris.`,
    entryOutcome: (entry) => entryOutcome(entry, rules),
  };
}

function prepare(redirectUri: string, rules: AuthorizeRules): string | { readonly refused: string } {
  const url = parseAnyUrl(redirectUri);
  if ("error" in url) return { refused: `redirect_uri: ${url.error}` };
  if (rules.unsafeRefused && isUnsafe(url.href))
    return { refused: `Redirect URI '${url.href}' uses an unsafe scheme.` };
  if (rules.httpOnlyToLoopback && isRemoteHttp(url.href, rules)) return { refused: notForNative(url.href) };
  return url.href;
}

function isRemoteHttp(uri: string, rules: AuthorizeRules): boolean {
  const parsed = urlparse(uri);
  return (
    !isValueError(parsed) && parsed.scheme === "http" && !rules.isLoopbackHost(hostname(parsed.netloc) ?? "")
  );
}

/** FastMCP never passes the document's `application_type` on, so the rule for native clients always applies. */
function notForNative(uri: string): string {
  return `Redirect URI '${uri}' is not allowed for application_type 'None'.`;
}

function entryOutcome(entry: string, rules: AuthorizeRules): EntryOutcome {
  const parsed = urlparse(entry);
  if (isValueError(parsed))
    return { outcome: "never", message: parsed.valueError, rule: "redirect-uris/absolute" };
  return (
    impossible(entry, parsed, rules) ?? unreachable(entry, parsed, rules) ?? partly(parsed, rules) ?? WORKS
  );
}

const WORKS: EntryOutcome = { outcome: "works" };

/** What no request gets past, whatever it says. */
function impossible(entry: string, parsed: ParseResult, rules: AuthorizeRules): EntryOutcome | undefined {
  if (rules.unsafeRefused && isUnsafe(entry)) {
    return never("redirect-uris/unsafe-scheme", `Redirect URI '${entry}' uses an unsafe scheme.`);
  }
  const [host, port] = splitHostAndPort(parsed);
  if (host.replace(/^\*\./, "").includes("*") || (port !== "*" && port?.includes("*"))) {
    return never(
      "redirect-uris/wildcard-malformed",
      say`FastMCP reads \`*\` as a wildcard only as a whole port, as \`*.\` in front of a host, and in the path; here it stands for itself.`,
    );
  }
  if (rules.httpOnlyToLoopback && isRemoteHttp(entry, rules)) {
    return never("redirect-uris/http-non-loopback", notForNative(entry));
  }
  if (rules.dotSegmentsRefused && hasDotSegments(parsed.path)) {
    return never(
      "redirect-uris/dot-segment",
      say`FastMCP refuses a redirect URI with dot segments, so no request matches this entry.`,
    );
  }
  return undefined;
}

/** FastMCP normalises what the request says and not what the document says. */
function unreachable(entry: string, parsed: ParseResult, rules: AuthorizeRules): EntryOutcome | undefined {
  const request = exampleRequest(parsed);
  if (request === undefined) return undefined;
  const prepared = prepare(request, rules);
  if (typeof prepared !== "string") {
    return never("redirect-uris/never-matches", say`No request can match this entry: ${prepared.refused}`);
  }
  if (matchesPattern(prepared, entry, rules)) return undefined;
  return never(
    "redirect-uris/never-matches",
    say`FastMCP normalises the redirect URI of the request to ${prepared} and then finds that this entry does not match it.`,
  );
}

/** What a client would send for an entry: its wildcards filled in, its userinfo left out. */
function exampleRequest({ scheme, netloc, path }: ParseResult): string | undefined {
  const filled = exampleOf(path);
  if (filled === undefined) return undefined;
  const host = partitionLast(netloc, "@")[2].replace(/^\*\./, "a.").replace(/:\*$/, ":49152");
  return `${scheme}:${netloc === "" ? "" : "//"}${host}${filled}`;
}

/** What works, with something to know. */
function partly(parsed: ParseResult, rules: AuthorizeRules): EntryOutcome | undefined {
  const [host, port] = splitHostAndPort(parsed);
  if (parsed.netloc.includes("@")) {
    return {
      outcome: "limited",
      rule: "redirect-uris/userinfo",
      message: say`FastMCP leaves the userinfo of the entry out and refuses a request that has one.`,
    };
  }
  if (port !== undefined && port !== "" && port !== "*" && rules.isLoopbackHost(host)) {
    return {
      outcome: "limited",
      rule: "redirect-uris/fixed-loopback-port",
      message: say`FastMCP compares the port of this entry: the client has to listen on port ${port}.`,
    };
  }
  if (!fnmatch(parsed.path, parsed.path)) {
    return {
      outcome: "works",
      rule: "redirect-uris/illegal-character",
      message: say`FastMCP reads \`[…]\` in the path of this entry as one character of a set, so a request with the same text does not match.`,
    };
  }
  if (parsed.netloc !== "" && (parsed.path === "" || parsed.path === "/")) {
    return {
      outcome: "works",
      rule: "redirect-uris/root-path-open",
      message: say`FastMCP matches an entry without a path, or with the path \`/\`, with every path of its host.`,
    };
  }
  return undefined;
}

function never(rule: string, message: string): EntryOutcome {
  return { outcome: "never", rule, message };
}
