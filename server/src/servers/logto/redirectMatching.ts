import { say } from "../../localisation/say.js";
import { wildcardRule } from "../behaviours/entryOutcomes.js";
import { isLoopbackHostname } from "../behaviours/loopbackMatching.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { RedirectMatching } from "../profile.js";

const REFUSAL = "redirect_uri did not match any of the client's registered redirect_uris";

interface Pattern {
  readonly protocol: string;
  readonly port: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** `parseWildcardUrlPattern`: `*` in host and path only, never in the last two labels. */
function parsePattern(pattern: string): Pattern | undefined {
  const separator = pattern.indexOf("://");
  if (separator <= 0 || pattern.slice(0, separator).includes("*")) return undefined;
  const query = pattern.indexOf("?");
  const hash = pattern.indexOf("#");
  if (query >= 0 && pattern.slice(query).includes("*")) return undefined;
  if (hash >= 0 && pattern.slice(hash).includes("*")) return undefined;
  const url = parseUrl(pattern.replaceAll("*", "wildcard"));
  if (!url) return undefined;
  const authority = pattern.slice(separator + 3).split(/[#/?]/, 1)[0] ?? "";
  if (authority === "" || authority.includes("@") || authority.startsWith("[")) return undefined;
  const colon = authority.lastIndexOf(":");
  const hasPort = colon >= 0 && authority.indexOf(":") === colon;
  if (hasPort && authority.slice(colon + 1).includes("*")) return undefined;
  const hostname = hasPort ? authority.slice(0, colon) : authority;
  const labels = hostname.split(".");
  if (labels.length < 2 && hostname.includes("*")) return undefined;
  if (labels.slice(-2).some((label) => label.includes("*"))) return undefined;
  const end = Math.min(query < 0 ? pattern.length : query, hash < 0 ? pattern.length : hash);
  const pathname = pattern.slice(separator + 3 + authority.length, end) || "/";
  return { protocol: url.protocol, port: url.port, hostname, pathname, search: url.search, hash: url.hash };
}

/** Whether Logto reads an entry with `*` as a pattern; others refuse the document. */
export function isSupportedPattern(pattern: string): boolean {
  return parsePattern(pattern) !== undefined;
}

/**
 * Whether `text` is `pattern` with every `*` replaced, in linear time.
 *
 * @param least how many characters a `*` stands for at least
 */
function globMatches(pattern: string, text: string, least: 0 | 1): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at + least);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at + least && text.endsWith(last);
}

function hostMatches(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase().split(".");
  const labels = host.toLowerCase().split(".");
  return (
    wanted.length === labels.length &&
    wanted.every((label, index) => globMatches(label, labels[index] ?? "", 1))
  );
}

/** The text without the port of its authority, as `stripLoopbackPort` writes it. */
function withoutPort(text: string): string {
  return text.replace(/^(https?:\/\/(?:\[[^\\\]]+\]|[^\\/:?#]+)):\d+(?=[/?#]|$)/i, "$1");
}

function matches(redirectUri: string, entry: string): boolean {
  const url = redirectUri.includes("*") ? undefined : parseUrl(redirectUri);
  if (!url) return false;
  if (entry.includes("*")) {
    const pattern = parsePattern(entry);
    if (
      pattern !== undefined &&
      url.protocol === pattern.protocol &&
      url.port === pattern.port &&
      hostMatches(pattern.hostname, url.hostname) &&
      globMatches(pattern.pathname, url.pathname, 0) &&
      url.search === pattern.search &&
      url.hash === pattern.hash
    )
      return true;
  } else if (entry === redirectUri) return true;
  if (url.protocol !== "http:" || !isLoopbackHostname(url.hostname)) return false;
  return withoutPort(entry) === withoutPort(redirectUri);
}

/**
 * How Logto compares for a client that is known by its metadata document: character by character, its own wildcards, and
 * any port on loopback, whatever `application_type` says.
 *
 * Source: `logto-io/logto` packages/core/src/oidc/redirect-uri/index.ts `installWildcardRedirectUriMatching`,
 * redirect-uri/utils.ts, cimd/redirect-uri.ts @1fbc55441fd2.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  refusal: () => REFUSAL,
  entryOutcome(entry) {
    if (!entry.includes("*") || isSupportedPattern(entry)) return { outcome: "works" };
    return {
      outcome: "never",
      rule: wildcardRule(entry) ?? "redirect-uris/wildcard-malformed",
      message: say`${REFUSAL}: Logto does not read this wildcard.`,
    };
  },
};
