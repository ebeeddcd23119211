import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import type { Constraint, RedirectMatching } from "../profile.js";
import { strings } from "./members.js";

const INVALID = "Invalid redirect URI";
const DANGEROUS_SCHEMES: ReadonlySet<string> = new Set([
  "javascript:",
  "data:",
  "vbscript:",
  "file:",
  "mailto:",
  "blob:",
]);
const CONTROL_CHARACTER = /[\0-\x1f\x7f-\x9f]/;
const OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
const LOOPBACK_IPV4 = new RegExp(`^127\\.${OCTET}\\.${OCTET}\\.${OCTET}$`);

/** The text up to its first colon, lower case and with the colon; undefined without one. */
function scheme(text: string): string | undefined {
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : text.slice(0, colon + 1).toLowerCase();
}

/** What the library calls loopback: `localhost`, 127.0.0.0/8 and `[::1]`. */
function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === "localhost" || host === "[::1]" || LOOPBACK_IPV4.test(host);
}

/**
 * What the library requires of redirect URIs when it loads a document: little, because the one that a request uses is
 * checked again.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `requireValidRedirectUris`,
 * `validateRedirectUriSafety` (src/oauth-client-metadata.ts), `validateAuthorizationResponseType`.
 */
export const REDIRECT_URIS: readonly Constraint[] = [
  onMembers(
    { id: "redirect-uris-present", rule: "redirect-uris/missing", bom: "strip" },
    (members, report) => {
      const uris = members["redirect_uris"];
      const message = "redirect_uris is required and must not be empty";
      if (uris === undefined) report(message);
      else if (Array.isArray(uris) && uris.length === 0)
        report(message, "/redirect_uris", "redirect-uris/empty");
    },
  ),
  onMembers(
    {
      id: "redirect-control-character",
      rule: "redirect-uris/illegal-character",
      bom: "strip",
    },
    (members, report) => {
      strings(members["redirect_uris"])?.forEach((uri, index) => {
        if (CONTROL_CHARACTER.test(uri.trim())) {
          report(`${INVALID}: it holds a control character`, jsonPointer("redirect_uris", index));
        }
      });
    },
  ),
  onMembers({ id: "redirect-scheme", rule: "redirect-uris/absolute", bom: "strip" }, (members, report) => {
    strings(members["redirect_uris"])?.forEach((uri, index) => {
      if (scheme(uri) === undefined)
        report(`${INVALID}: it has no scheme`, jsonPointer("redirect_uris", index));
    });
  }),
  onMembers(
    { id: "redirect-dangerous-scheme", rule: "redirect-uris/unsafe-scheme", bom: "strip" },
    (members, report) => {
      strings(members["redirect_uris"])?.forEach((uri, index) => {
        const found = scheme(uri.trim());
        if (found !== undefined && DANGEROUS_SCHEMES.has(found)) {
          report(`${INVALID}: its scheme is ${found}`, jsonPointer("redirect_uris", index));
        }
      });
    },
  ),
];

/** Why a request may not name a redirect URI, and the rule. */
interface Refusal {
  readonly because: string;
  readonly rule: string;
}

/** Why the library sends nobody to a redirect URI, whatever the document lists; undefined when it may. */
function refusedAtRequest(redirectUri: string): Refusal | undefined {
  const text = redirectUri.trim();
  const url = parseUrl(text);
  if (CONTROL_CHARACTER.test(text) || !url) {
    const { pattern } = classifyRedirectUri(text);
    const wildcard = pattern?.form === "well-formed" && pattern.places.includes("port");
    return {
      because: say`it is not a valid URL`,
      rule: `redirect-uris/${wildcard ? "wildcard-port" : "illegal-character"}`,
    };
  }
  if (text.includes("#")) return { because: say`it has a fragment`, rule: "redirect-uris/fragment" };
  if (url.username || url.password) return { because: say`it has userinfo`, rule: "redirect-uris/userinfo" };
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { because: say`private-use schemes are off by default`, rule: "redirect-uris/private-use-mixed" };
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return { because: say`http is for loopback hosts only`, rule: "redirect-uris/http-non-loopback" };
  }
  if (!parseUrl(redirectUri)) {
    // `trim` takes more white space than a URL parser does, so such a sign-in breaks at its very end.
    return { because: say`there is white space around it`, rule: "redirect-uris/illegal-character" };
  }
  return undefined;
}

function matches(redirectUri: string, entry: string): boolean {
  const requested = parseUrl(redirectUri);
  const registered = parseUrl(entry);
  if (!requested || !registered || !isLoopback(requested.hostname) || !isLoopback(registered.hostname)) {
    return redirectUri === entry;
  }
  return (
    requested.protocol === registered.protocol &&
    requested.hostname === registered.hostname &&
    requested.pathname === registered.pathname &&
    requested.search === registered.search
  );
}

/** The same URI with nothing in it that a request may not have, so that another spelling of the entry may work. */
function requestable(entry: string): string | undefined {
  const url = parseUrl(entry);
  if (!url || !isLoopback(url.hostname)) return undefined;
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  bare.hash = "";
  return refusedAtRequest(bare.href) ? undefined : bare.href;
}

/**
 * How the library compares: character by character, and two loopback URIs by scheme, host, path and query.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `parseAuthRequest`, `validateRedirectUri`,
 * `isValidRedirectUri`.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  prepare(redirectUri) {
    const refused = refusedAtRequest(redirectUri);
    return refused ? { refused: `${INVALID}: ${refused.because}` } : redirectUri;
  },
  refusal: () => INVALID,
  entryOutcome(entry) {
    const other = requestable(entry);
    const refused = refusedAtRequest(entry);
    if (refused) {
      const { because, rule } = refused;
      return other === undefined
        ? {
            outcome: "never",
            rule,
            message: say`${INVALID}: ${because}, so this library never sends anybody there.`,
          }
        : {
            outcome: "limited",
            rule,
            message: say`${INVALID}: ${because}; only ${other} works.`,
          };
    }
    if (other === undefined && !entry.isWellFormed()) {
      return {
        outcome: "never",
        rule: "document/lone-surrogate",
        message: say`${INVALID}: it is compared character by character, and no request can carry half a surrogate pair.`,
      };
    }
    const { pattern } = classifyRedirectUri(entry.trim());
    if (!pattern || pattern.form === "malformed") return { outcome: "works" };
    return pattern.places.includes("host")
      ? {
          outcome: "never",
          rule: "redirect-uris/wildcard-host",
          message: say`${INVALID}: a \`*\` in the host stands for itself here, and no host has one.`,
        }
      : {
          outcome: "limited",
          rule: "redirect-uris/wildcard-path",
          message: say`${INVALID}: a \`*\` in the path stands for itself here.`,
        };
  },
};
