import { memoize } from "../../document/memoize.js";
import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import type { Members } from "../behaviours/jsonBody.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { stringsIn } from "../behaviours/zodShape.js";
import type { Constraint, RedirectMatching, SignInOutcome } from "../profile.js";
import { validationText } from "./members.js";
import { INVALID_URL, isLocalHostname, isLoopbackHost, redirectUriFault, reverseDomain } from "./uris.js";

interface Fault {
  readonly rule: string;
  readonly message: string;
}

/** A redirect URI of the document. */
interface Entry {
  readonly index: number;
  readonly text: string;
  /** What is wrong with its form. */
  readonly fault: string | undefined;
  /** Present where the form is right. */
  readonly url: URL | undefined;
}

/** The redirect URIs, parsed once for all constraints. */
const entriesOf = memoize((members: Members): readonly Entry[] =>
  stringsIn(members["redirect_uris"]).map(({ index, text }) => {
    const fault = redirectUriFault(text);
    return { index, text, fault, url: fault === undefined ? parseUrl(text) : undefined };
  }),
);

/**
 * What atproto asks of every redirect URI.
 *
 * Source: npm:@atproto/oauth-types@0.7.6 dist/oauth-redirect-uri.js; npm:@atproto/oauth-provider@0.22.9
 * dist/client/client-manager.js `validateClientMetadata`, `validateDiscoverableClientMetadata`.
 */
export const REDIRECT_URIS: readonly Constraint[] = [
  onMembers(
    { id: "redirect-uris-form", rule: "redirect-uris/absolute", bom: "strip-twice" },
    (members, report) => {
      for (const { index, text, fault } of entriesOf(members)) {
        if (fault === undefined) continue;
        report(
          validationText(fault, ["redirect_uris", index]),
          `/redirect_uris/${index}`,
          formRule(text, fault),
        );
      }
    },
  ),
  onMembers(
    { id: "redirect-uris-use", rule: "atproto/redirect-web", bom: "strip-twice" },
    (members, report) => {
      for (const { index, url } of entriesOf(members)) {
        const fault = url && useFault(url, members["application_type"] === "native");
        if (fault) report(fault.message, `/redirect_uris/${index}`, fault.rule);
      }
    },
  ),
  onMembers(
    { id: "redirect-uris-own-scheme", rule: "atproto/redirect-native-scheme", bom: "strip-twice" },
    (members, report, document) => {
      const clientId = document.url === undefined ? undefined : parseUrl(document.url);
      if (clientId?.protocol !== "https:") return;
      const own = `${reverseDomain(clientId.hostname)}:`;
      for (const { index, url } of entriesOf(members)) {
        if (!url?.protocol.includes(".") || url.protocol === own) continue;
        report(
          `Private-Use URI Scheme redirect URI, for discoverable client metadata, must be the fully qualified domain name (FQDN) of the client_id, in reverse order (${own})`,
          `/redirect_uris/${index}`,
        );
      }
    },
  ),
];

function formRule(uri: string, fault: string): string {
  const { kind, pattern, parts } = classifyRedirectUri(uri);
  if (fault === INVALID_URL) {
    return pattern && parts.port === "*" ? "redirect-uris/wildcard-port" : "redirect-uris/illegal-character";
  }
  switch (kind) {
    case "loopback":
    case "loopback-https":
      return "atproto/redirect-loopback";
    case "http":
      return "redirect-uris/http-non-loopback";
    case "claimed-https":
      return "atproto/redirect-web";
    case "private-use":
      return uri.slice(0, uri.indexOf(":")).includes(".")
        ? "atproto/redirect-native-scheme"
        : "redirect-uris/private-use-reverse-domain";
    case "relative":
      return "redirect-uris/absolute";
    case "urn":
      return "redirect-uris/oob";
    default:
      return "redirect-uris/unsafe-scheme";
  }
}

/** @param url a redirect URI whose form is right */
function useFault(url: URL, native: boolean): Fault | undefined {
  if (url.username !== "" || url.password !== "") {
    return {
      rule: "atproto/redirect-credentials",
      message: `Redirect URI ${url.href} must not contain credentials`,
    };
  }
  if (url.hostname === "localhost") {
    return {
      rule: "atproto/redirect-loopback",
      message: `Loopback redirect URI ${url.href} is not allowed (use explicit IPs instead)`,
    };
  }
  if (isLoopbackHost(url.hostname)) {
    return native
      ? undefined
      : {
          rule: "atproto/redirect-loopback",
          message: "Loopback redirect URIs are only allowed for native apps",
        };
  }
  if (url.protocol === "https:") {
    return isLocalHostname(url.hostname)
      ? {
          rule: "atproto/redirect-web",
          message: `Redirect URI "${url.href}"'s domain name must not be a local hostname`,
        }
      : undefined;
  }
  return native
    ? undefined
    : {
        rule: "redirect-uris/private-use-mixed",
        message: "Private-Use URI Scheme redirect URI are only allowed for native apps",
      };
}

/** `compareRedirectUri` (npm:@atproto/oauth-provider@0.22.9 dist/lib/util/redirect-uri.js). */
function matches(redirectUri: string, entry: string): boolean {
  if (entry === redirectUri) return true;
  const allowed = parseUrl(entry);
  const requested = parseUrl(redirectUri);
  if (!allowed || !requested || !isLoopbackHost(allowed.hostname)) return false;
  return (
    (allowed.port === "" || allowed.port === requested.port) &&
    COMPARED.every((part) => allowed[part] === requested[part])
  );
}

const COMPARED = ["hostname", "pathname", "protocol", "search", "hash", "username", "password"] as const;

/** How atproto compares, with the words of its error page. */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  prepare(redirectUri) {
    const fault = redirectUriFault(redirectUri);
    return fault === undefined ? redirectUri : { refused: fault };
  },
  refusal: (redirectUri) => `Invalid redirect_uri ${redirectUri}`,
  entryOutcome(entry): {
    outcome: SignInOutcome;
    message?: string;
    rule?: string;
  } {
    const url = parseUrl(entry);
    if (url && isLoopbackHost(url.hostname)) {
      return url.port === ""
        ? { outcome: "works" }
        : {
            outcome: "limited",
            rule: "redirect-uris/fixed-loopback-port",
            message: say`atproto wants port ${url.port} here and no other; without a port in the entry the client may use any.`,
          };
    }
    if (!entry.isWellFormed()) {
      return {
        outcome: "never",
        rule: "document/lone-surrogate",
        message: say`Invalid redirect_uri ${entry.toWellFormed()}: it is compared character by character, and no request can carry half a surrogate pair.`,
      };
    }
    const { pattern } = classifyRedirectUri(entry);
    if (!pattern || pattern.form === "malformed") return { outcome: "works" };
    if (pattern.places.includes("host")) {
      return {
        outcome: "never",
        rule: "redirect-uris/wildcard-host",
        message: say`atproto reads the \`*\` in the host literally, and no host has one.`,
      };
    }
    return {
      outcome: "limited",
      rule: "redirect-uris/wildcard-path",
      message: say`atproto reads the \`*\` in the path literally.`,
    };
  },
};
