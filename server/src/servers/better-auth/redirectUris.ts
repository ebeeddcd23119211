import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { RedirectMatching, SignInOutcome } from "../profile.js";
import { isLoopbackAddress, isLoopbackHost } from "./hosts.js";

/** Why Better Auth does not take a URI, in its own words, and the rule that is about it. */
export interface UriFault {
  readonly rule: string;
  readonly message: string;
}

const REFUSAL = "invalid redirect uri";
const REVERSE_DOMAIN_SCHEME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const SCRIPT_SCHEMES: ReadonlySet<string> = new Set(["javascript:", "data:", "vbscript:"]);

/**
 * What Better Auth stores for a URI: white space at the ends and every tab and line break are gone
 * (npm:zod@4.6.7 v4/core/schemas.js, `$ZodURL`).
 */
export function storedUri(uri: string): string {
  return uri.trim().replace(/[\t\n\r]/g, "");
}

/**
 * The check of every URI that a browser may be sent to, in documents and in requests alike
 * (npm:@better-auth/core@1.7.5 dist/utils/redirect-uri.mjs, `SafeUrlSchema`).
 *
 * @param uri as written
 */
export function unsafeUri(uri: string): UriFault | undefined {
  const url = parseUrl(uri.trim());
  if (!url) return { rule: unparsableRule(uri), message: "Invalid URL" };
  if (SCRIPT_SCHEMES.has(url.protocol)) {
    return {
      rule: "redirect-uris/unsafe-scheme",
      message: "URL cannot use javascript:, data:, or vbscript: scheme",
    };
  }
  if (uri.includes("#")) {
    return { rule: "redirect-uris/fragment", message: "Redirect URI must not contain a fragment component" };
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return {
      rule: "redirect-uris/http-non-loopback",
      message: "Redirect URI must use HTTPS (HTTP allowed only for loopback hosts)",
    };
  }
  return undefined;
}

function unparsableRule(uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:\*/i.test(uri.trim())) return "redirect-uris/wildcard-port";
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(uri) ? "redirect-uris/illegal-character" : "redirect-uris/absolute";
}

/**
 * What registration asks of a redirect URI that passed {@link unsafeUri}
 * (npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `isAbsoluteRedirectUri`, then npm:@better-auth/oauth-provider@1.7.5
 * src/register.ts `validateClientRedirectUri`). A document without application_type counts as native.
 *
 * @param uri as stored
 */
export function unregistrableUri(uri: string, applicationType: unknown): UriFault | undefined {
  const url = parseUrl(uri);
  if (!url) return undefined;
  const https = url.protocol === "https:";
  if (!https && url.protocol !== "http:" && !isPrivateUseUri(url)) {
    return {
      rule:
        url.host === "" ? "redirect-uris/private-use-reverse-domain" : "redirect-uris/private-use-slashes",
      message: "redirect_uris must be a non-empty array of absolute HTTP(S) or private-use URIs",
    };
  }
  if (url.username !== "" || url.password !== "") {
    return {
      rule: "redirect-uris/userinfo",
      message: `redirect URI must not include credentials or a fragment: ${uri}`,
    };
  }
  if (/^localhost\.+$/i.test(url.hostname)) {
    return {
      rule: "redirect-uris/loopback-nonstandard",
      message: `redirect URI localhost must not include trailing dots: ${uri}`,
    };
  }
  const loopback = isLoopbackAddress(url.hostname) || url.hostname === "localhost";
  if (applicationType === "web") {
    if (https && !loopback) return undefined;
    return {
      rule: https ? "redirect-uris/https-loopback" : "application-type/web-loopback",
      message: `web clients require https redirect URIs on non-loopback hosts: ${uri}`,
    };
  }
  if (https) {
    if (!loopback) return undefined;
    return {
      rule: "redirect-uris/https-loopback",
      message: `native clients must not use https loopback redirect URIs: ${uri}`,
    };
  }
  if (url.protocol === "http:" && !NATIVE_LOOPBACK_HOSTS.has(rawHost(uri) ?? "")) {
    return {
      rule: "redirect-uris/loopback-nonstandard",
      message: `native clients may use http only on the exact loopback hosts localhost, 127.0.0.1, or [::1]: ${uri}`,
    };
  }
  return undefined;
}

const NATIVE_LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The host of an http URI as it is written, lower-cased; nothing where there is no authority. */
function rawHost(uri: string): string | undefined {
  const authority = /^http:\/\/([^/?#]*)/i.exec(uri)?.[1];
  if (!authority) return undefined;
  const hostAndPort = authority.slice(authority.lastIndexOf("@") + 1);
  const bracket = hostAndPort.startsWith("[") ? hostAndPort.indexOf("]") : -1;
  return (bracket < 0 ? hostAndPort.split(":")[0] : hostAndPort.slice(0, bracket + 1))?.toLowerCase();
}

/** Whether a URI has a reversed domain name for a scheme and no authority (RFC 8252 §7.1). */
export function isPrivateUseUri(url: URL): boolean {
  const rest = url.href.slice(url.protocol.length);
  return (
    url.protocol !== "http:" &&
    url.protocol !== "https:" &&
    url.host === "" &&
    rest.startsWith("/") &&
    !rest.startsWith("//") &&
    REVERSE_DOMAIN_SCHEME.test(url.protocol.slice(0, -1))
  );
}

/**
 * `findRegisteredRedirectUri` for one entry (npm:@better-auth/oauth-provider@1.7.5 src/authorize.ts): equal strings, or
 * http loopback URIs that differ in nothing but the port.
 */
function matches(redirectUri: string, entry: string): boolean {
  const requested = parseUrl(redirectUri);
  if (!requested || redirectUri.includes("#") || requested.username !== "" || requested.password !== "")
    return false;
  const registered = storedUri(entry);
  if (registered === redirectUri) return true;
  const withoutPort = withoutLoopbackPort(redirectUri);
  return withoutPort !== undefined && withoutLoopbackPort(registered) === withoutPort;
}

/** `stripLoopbackRedirectPort`: the URI without its port, characters kept; undefined unless http to the machine itself. */
function withoutLoopbackPort(uri: string): string | undefined {
  const url = parseUrl(uri);
  if (url?.protocol !== "http:") return undefined;
  if (!isLoopbackAddress(url.hostname) && url.hostname !== "localhost") return undefined;
  const separator = uri.indexOf("://");
  if (separator < 0) return undefined;
  const start = separator + 3;
  const length = uri.slice(start).search(/[/?#]/);
  const end = length < 0 ? uri.length : start + length;
  const authority = uri.slice(start, end);
  const bracket = authority.startsWith("[") ? authority.indexOf("]") : -1;
  const colon = bracket < 0 ? authority.lastIndexOf(":") : authority.indexOf(":", bracket);
  if (colon < 0) return uri;
  if (!/^\d*$/.test(authority.slice(colon + 1))) return undefined;
  return uri.slice(0, start + colon) + uri.slice(end);
}

/** How Better Auth compares, with the words of its error page. */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  prepare(redirectUri) {
    const fault = unsafeUri(redirectUri);
    return fault ? { refused: `redirect_uri: ${fault.message}` } : storedUri(redirectUri);
  },
  refusal: () => REFUSAL,
  entryOutcome(entry): { outcome: SignInOutcome; message?: string; rule?: string } {
    if (!entry.isWellFormed()) {
      return {
        outcome: "never",
        rule: "document/lone-surrogate",
        message: say`${REFUSAL}: it is compared character by character, and no request can carry half a surrogate pair.`,
      };
    }
    const stored = storedUri(entry);
    if (parseUrl(stored)?.protocol === "http:" && withoutLoopbackPort(stored) === undefined) {
      return {
        outcome: "limited",
        rule: "redirect-uris/userinfo",
        message: say`${REFUSAL}: with empty credentials it matches only exactly as it is here, on no other port.`,
      };
    }
    const { pattern } = classifyRedirectUri(stored);
    if (!pattern || pattern.form === "malformed") return { outcome: "works" };
    if (pattern.places.includes("host")) {
      return {
        outcome: "never",
        rule: "redirect-uris/wildcard-host",
        message: say`${REFUSAL}: a \`*\` in the host stands for itself here, and no host has one.`,
      };
    }
    return {
      outcome: "limited",
      rule: "redirect-uris/wildcard-path",
      message: say`${REFUSAL}: a \`*\` in the path stands for itself here.`,
    };
  },
};
