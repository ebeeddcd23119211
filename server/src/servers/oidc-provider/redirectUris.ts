import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import { onMembers } from "../behaviours/constraintKinds.js";
import type { Members } from "../behaviours/jsonBody.js";
import { isLoopbackHostname } from "../behaviours/loopbackMatching.js";
import { parseUrl, redirectUrls } from "../behaviours/whatwgUrl.js";
import type { Constraint, MatchContext, RedirectMatching } from "../profile.js";
import { applicationType, grantTypes } from "./members.js";

/** Schemes of no redirect URI. */
export const FORBIDDEN_PROTOCOLS: ReadonlySet<string> = new Set([
  "javascript:",
  "vbscript:",
  "data:",
  "blob:",
  "file:",
  "about:",
]);

/** What of a client decides which redirect URIs it may have. */
interface Client {
  readonly application: "web" | "native" | undefined;
  readonly implicit: boolean;
}

interface RedirectCheck {
  readonly id: string;
  readonly rule: string;
  /** The server's words after the member's name, or undefined when the URI passes. */
  test(uri: URL, client: Client): string | undefined;
  /** The rule, where it depends on the URI. */
  ruleFor?(uri: URL): string;
}

/** What each redirect URI must be; a URI that does not parse has already failed. */
const CHECKS: readonly RedirectCheck[] = [
  {
    id: "fragment",
    rule: "redirect-uris/fragment",
    test: (uri) => (uri.href.includes("#") ? "must not contain fragments" : undefined),
  },
  {
    id: "web-scheme",
    rule: "redirect-uris/private-use-mixed",
    ruleFor: ({ protocol }) =>
      FORBIDDEN_PROTOCOLS.has(protocol) ? "redirect-uris/unsafe-scheme" : "redirect-uris/private-use-mixed",
    test: ({ protocol }, { application }) =>
      application === "web" && protocol !== "https:" && protocol !== "http:"
        ? "must only contain web uris"
        : undefined,
  },
  {
    id: "web-implicit-https",
    rule: "redirect-uris/http-non-loopback",
    test: ({ protocol }, { application, implicit }) =>
      application === "web" && implicit && protocol === "http:"
        ? "for web clients using implicit flow MUST only register URLs using the https scheme"
        : undefined,
  },
  {
    id: "web-implicit-localhost",
    rule: "redirect-uris/https-loopback",
    test: ({ hostname, protocol }, { application, implicit }) =>
      application === "web" && implicit && protocol === "https:" && hostname === "localhost"
        ? "for web clients using implicit flow must not be using localhost"
        : undefined,
  },
  {
    id: "native-http",
    rule: "redirect-uris/http-non-loopback",
    test: ({ hostname, protocol }, { application }) =>
      application === "native" && protocol === "http:" && !isLoopbackHostname(hostname)
        ? "for native clients using http as a protocol can only use loopback addresses as hostnames"
        : undefined,
  },
  {
    id: "native-https",
    rule: "redirect-uris/https-loopback",
    test: ({ hostname, protocol }, { application }) =>
      application === "native" && protocol === "https:" && isLoopbackHostname(hostname)
        ? `for native clients using claimed HTTPS URIs must not be using ${hostname} as hostname`
        : undefined,
  },
  {
    id: "native-scheme",
    rule: "redirect-uris/unsafe-scheme",
    test: ({ protocol }, { application }) =>
      application === "native" && FORBIDDEN_PROTOCOLS.has(protocol)
        ? `must not use the ${protocol.slice(0, -1)} URI scheme`
        : undefined,
  },
];

const UNPARSABLE = "must only contain valid uris";

function client(members: Members): Client {
  return {
    application: applicationType(members),
    implicit: grantTypes(members)?.includes("implicit") === true,
  };
}

/** The rule about a redirect URI that is no URL. */
function unparsableRule(text: string): string {
  const { kind, parts, pattern } = classifyRedirectUri(text);
  if (pattern?.form === "malformed") return "redirect-uris/wildcard-malformed";
  if (pattern?.places.includes("port")) return "redirect-uris/wildcard-port";
  if (kind === "relative") return "redirect-uris/absolute";
  if (parts.port !== undefined && !/^\d{0,4}$/.test(parts.port)) return "redirect-uris/port-invalid";
  return "redirect-uris/illegal-character";
}

/**
 * What oidc-provider requires of redirect URIs when it loads a document.
 *
 * Source: npm:oidc-provider@9.13.3 lib/helpers/client_schema.js `redirectUris`.
 */
export const REDIRECT_URIS: readonly Constraint[] = [
  onMembers({ id: "redirect-parses", rule: "redirect-uris/illegal-character" }, (members, report) => {
    for (const { index, text, url } of redirectUrls(members["redirect_uris"])) {
      if (url) continue;
      report(`redirect_uris ${UNPARSABLE}`, jsonPointer("redirect_uris", index), unparsableRule(text));
    }
  }),
  ...CHECKS.map(({ id, rule, test, ruleFor }) =>
    onMembers({ id: `redirect-${id}`, rule }, (members, report) => {
      const context = client(members);
      for (const { index, url } of redirectUrls(members["redirect_uris"])) {
        if (!url) continue;
        const words = test(url, context);
        if (words === undefined) continue;
        report(`redirect_uris ${words}`, jsonPointer("redirect_uris", index), ruleFor?.(url));
      }
    }),
  ),
  onMembers({ id: "post-logout-redirect-uris", rule: "logout/uris" }, (members, report) => {
    const context = client(members);
    for (const { index, url } of redirectUrls(members["post_logout_redirect_uris"])) {
      const words = url ? firstMiss(url, context) : UNPARSABLE;
      if (words === undefined) continue;
      report(`post_logout_redirect_uris ${words}`, jsonPointer("post_logout_redirect_uris", index));
    }
  }),
];

function firstMiss(url: URL, context: Client): string | undefined {
  for (const { test } of CHECKS) {
    const words = test(url, context);
    if (words !== undefined) return words;
  }
  return undefined;
}

/**
 * A loopback redirect URI without its port, or undefined for any other URI. Only the port goes: host, path and spelling
 * stay as they are.
 *
 * Source: npm:oidc-provider@9.13.3 lib/models/client.js `stripLoopbackPort`.
 */
export function withoutLoopbackPort(uri: string): string | undefined {
  const parsed = parseUrl(uri);
  if (parsed?.protocol !== "http:" || !isLoopbackHostname(parsed.hostname)) return undefined;
  const schemeEnd = uri.indexOf("://");
  if (schemeEnd < 0) return undefined;
  const start = schemeEnd + 3;
  const length = uri.slice(start).search(/[/?#]/);
  const end = length < 0 ? uri.length : start + length;
  const authority = uri.slice(start, end);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const colon = portColon(host);
  if (colon < 0) return uri;
  if (!/^\d*$/.test(host.slice(colon + 1))) return undefined;
  return uri.slice(0, end - host.length + colon) + uri.slice(end);
}

/** Where the port starts in `host:port`; -1 without a port. */
function portColon(host: string): number {
  if (!host.startsWith("[")) return host.lastIndexOf(":");
  const bracket = host.indexOf("]");
  return bracket >= 0 && host[bracket + 1] === ":" ? bracket + 1 : -1;
}

function matches(redirectUri: string, entry: string, { applicationType }: MatchContext): boolean {
  if (redirectUri === entry) return true;
  if (applicationType !== "native") return false;
  const stripped = withoutLoopbackPort(redirectUri);
  return stripped !== undefined && withoutLoopbackPort(entry) === stripped;
}

/**
 * How oidc-provider compares: character by character, and for native clients http loopback URIs without their ports.
 *
 * Source: npm:oidc-provider@9.13.3 lib/models/client.js `redirectUriAllowed`, lib/helpers/errors.js.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches,
  refusal: () => "redirect_uri did not match any of the client's registered redirect_uris",
  entryOutcome(entry, { applicationType }) {
    if (!entry.isWellFormed()) {
      return {
        outcome: "never",
        rule: "document/lone-surrogate",
        message: say`oidc-provider compares redirect URIs character by character, and no request can carry half a surrogate pair.`,
      };
    }
    const { pattern } = classifyRedirectUri(entry);
    if (pattern && pattern.form !== "malformed" && pattern.places.includes("host")) {
      return {
        outcome: "never",
        rule: "redirect-uris/wildcard-host",
        message: say`oidc-provider compares redirect URIs character by character: a \`*\` in the host stands for itself, and no host has one.`,
      };
    }
    if (pattern && pattern.form !== "malformed" && pattern.places.includes("path")) {
      return {
        outcome: "limited",
        rule: "redirect-uris/wildcard-path",
        message: say`oidc-provider compares redirect URIs character by character: a \`*\` in the path stands for itself.`,
      };
    }
    if (applicationType !== "native" && withoutLoopbackPort(entry) === entry) {
      return {
        outcome: "limited",
        rule: "redirect-uris/portless-loopback",
        message: say`oidc-provider lets a loopback redirect URI take any port only when application_type is native; otherwise the request must name it exactly as it is here, without a port.`,
      };
    }
    return { outcome: "works" };
  },
};
