import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { rfc } from "../../specifications/sources.js";
import {
  findAbnormalPercent,
  findBadPercent,
  findDotSegment,
  normalisePercent,
  withoutDotSegments,
} from "../../uri/spelling.js";
import { hostRange, joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import type { Rule } from "../rule.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

function isWeb({ scheme, parts }: RedirectUri): boolean {
  return (scheme === "https" || scheme === "http") && parts.authority !== undefined;
}

function dotSegment({ parts }: RedirectUri) {
  return findDotSegment(parts.path, false) ?? findDotSegment(parts.path, true);
}

/**
 * Rules about how a redirect URI is spelt. Servers compare the text (RFC 9700 §2.1), while clients and browsers send a
 * normalised one, so anything but the normal form (RFC 3986 §6.2) does not match.
 */
export const spellingRules: readonly Rule[] = [
  redirectRule({
    id: "redirect-uris/host-case",
    severity: "warning",
    title: "Scheme and host of redirect URIs are in lower case",
    why: "Servers compare exactly, and everything that handles URLs writes scheme and host in lower case.",
    sources: [rfc(9700, "2.1"), rfc(3986, "6.2.2.1")],
    bad: [
      '"redirect_uris": ["«https://App.Acme.dev»/callback"]',
      '"redirect_uris": ["«HTTPS://app.acme.dev»/callback"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/CallBack"]'],
    test(uri) {
      if (!isWeb(uri)) return undefined;
      const host = uri.parts.host ?? "";
      if (uri.parts.scheme === uri.scheme && host === host.toLowerCase()) return undefined;
      if (holdsPlaceholder(host)) return undefined;
      return {
        start: 0,
        end: hostRange(uri.parts).end,
        message: say`Clients send scheme and host in lower case, and servers compare the text (RFC 9700 §2.1), so the entry does not match. Use lower case.`,
      };
    },
    fix: ({ parts, scheme }) => [
      {
        title: say`Use lower case`,
        uri: joinUri({ ...parts, scheme, host: parts.host?.toLowerCase() }),
        preferred: true,
      },
    ],
  }),
  redirectRule({
    id: "redirect-uris/default-port",
    severity: "warning",
    title: "Redirect URIs do not spell out the default port",
    why: "Clients and browsers drop :443 from https and :80 from http, and servers compare exactly.",
    sources: [rfc(9700, "2.1"), rfc(3986, "6.2.3")],
    bad: [
      '"redirect_uris": ["https://app.acme.dev«:443»/callback"]',
      '"redirect_uris": ["https://app.acme.dev«:»/callback"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev:8443/callback"]'],
    test(uri) {
      const { port } = uri.parts;
      if (port === undefined || !isWeb(uri)) return undefined;
      if (port !== "" && port !== (uri.scheme === "https" ? "443" : "80")) return undefined;
      const start = offsetOf("port", uri.parts) - 1;
      return {
        start,
        end: start + 1 + port.length,
        message: say`URL libraries drop the default port, and servers compare the text (RFC 9700 §2.1), so the entry does not match what a client sends. Delete it.`,
      };
    },
    fix: ({ parts }) => [
      { title: say`Delete the default port`, uri: joinUri({ ...parts, port: undefined }), preferred: true },
    ],
  }),
  redirectRule({
    id: "redirect-uris/dot-segment",
    severity: "warning",
    title: "Redirect URIs have no `.` or `..` path segments",
    why: "Browsers and URL libraries resolve dot segments, plain or encoded, before anything is compared or opened.",
    sources: [rfc(3986, "6.2.2.3"), rfc(9700, "2.1")],
    bad: [
      '"redirect_uris": ["https://app.acme.dev/a/«..»/callback"]',
      '"redirect_uris": ["https://app.acme.dev/a/«%2e%2E»/callback"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/.auth/callback"]'],
    test(uri) {
      const found = isWeb(uri) ? dotSegment(uri) : undefined;
      if (!found) return undefined;
      const start = offsetOf("path", uri.parts);
      return {
        start: start + found.start,
        end: start + found.end,
        message: say`Browsers and URL libraries resolve \`.\` and \`..\` (RFC 3986 §6.2.2.3), so the entry does not match what a client sends. Write the path they resolve to.`,
      };
    },
    fix: ({ parts }) => [
      {
        title: say`Resolve the dot segments`,
        uri: joinUri({ ...parts, path: withoutDotSegments(parts.path.replace(/%2e/gi, ".")) }),
        preferred: true,
      },
    ],
  }),
  redirectRule({
    id: "redirect-uris/percent-encoding-invalid",
    severity: "error",
    title: "Every % in a redirect URI starts a percent-encoding",
    why: "A lone percent sign is not a URI; servers refuse it or encode it, and then it no longer matches.",
    sources: [rfc(3986, "2.1")],
    bad: ['"redirect_uris": ["https://app.acme.dev/100«%»/callback"]'],
    good: ['"redirect_uris": ["https://app.acme.dev/100%25/callback"]'],
    test(uri) {
      const { raw } = uri;
      if (!raw.includes("%") || holdsPlaceholder(raw) || !isAbsolute(uri)) return undefined;
      const found = findBadPercent(raw);
      return (
        found && {
          ...found,
          message: say`Two hex digits must follow a \`%\` (RFC 3986 §2.1), so this is no URI. Write \`%25\` for the sign itself.`,
        }
      );
    },
    fix: ({ raw }) => [
      {
        title: say`Encode the percent sign`,
        uri: raw.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"),
        preferred: true,
      },
    ],
  }),
  redirectRule({
    id: "redirect-uris/percent-encoding-normal",
    severity: "warning",
    title: "Percent-encodings in redirect URIs are in their normal form",
    why: "`%7E` and `~`, `%2f` and `%2F` mean the same and are different texts, and servers compare texts.",
    sources: [rfc(3986, "6.2.2"), rfc(9700, "2.1")],
    bad: [
      '"redirect_uris": ["https://app.acme.dev/«%7E»acme/callback"]',
      '"redirect_uris": ["https://app.acme.dev/a«%c3»%BC/callback"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/a%20b/callback"]'],
    test(uri) {
      // Encoded dots of a dot segment have a rule of their own.
      if (!uri.parts.path.includes("%") || !isWeb(uri) || dotSegment(uri)) return undefined;
      const found = findAbnormalPercent(uri.parts.path);
      if (!found) return undefined;
      const start = offsetOf("path", uri.parts);
      return {
        start: start + found.start,
        end: start + found.end,
        message: say`This percent-encoding has a simpler spelling (RFC 3986 §6.2.2), and servers compare the text. Write the character itself, or the hex digits in capitals.`,
      };
    },
    fix: ({ parts }) => [
      {
        title: say`Normalise the percent-encoding`,
        uri: joinUri({ ...parts, path: normalisePercent(parts.path) }),
        preferred: true,
      },
    ],
  }),
];
