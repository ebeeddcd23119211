import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import {
  findAbnormalPercent,
  findBadPercent,
  findDotSegment,
  findIllegalAscii,
  findNonAscii,
  normalisePercent,
  withoutDotSegments,
} from "../../uri/spelling.js";
import { hostRange, joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import type { Rule } from "../rule.js";
import { clientIdRule } from "./clientIdRule.js";

/**
 * Rules about how the client identifier URL is spelt. Servers compare it as a string (CIMD draft-02 §3), and URL parsers
 * silently repair most of these, so they are looked for in the raw text.
 */
export const spellingRules: readonly Rule[] = [
  clientIdRule({
    id: "client-id/scheme-case",
    severity: "warning",
    title: "The scheme of client_id is in lower case",
    why: "Servers compare the URL as a string; a normalised copy of it is another client.",
    sources: [cimd("3"), rfc(3986, "6.2.1")],
    bad: ['"client_id": "«HTTPS»://app.acme.dev/oauth/client"'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const scheme = parts.scheme ?? "";
      if (scheme.toLowerCase() !== "https" || scheme === "https") return undefined;
      return {
        end: scheme.length,
        message: say`\`HTTPS\` and \`https\` are different identifiers when servers compare strings (CIMD draft-02 §3). Use lower case.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, scheme: parts.scheme?.toLowerCase() }),
    fixTitle: () => say`Use lower case`,
  }),
  clientIdRule({
    id: "client-id/host-case",
    severity: "warning",
    title: "The host of client_id is in lower case",
    why: "Domains ignore case, string comparison does not: FastMCP can never load a document whose URL has capitals in the host.",
    sources: [cimd("3"), rfc(3986, "6.2.2.1")],
    // YOUR-DOMAIN is in capitals only until the real name is there.
    sameAs: ["document/placeholder"],
    bad: ['"client_id": "https://«App.Acme.dev»/oauth/client"'],
    good: ['"client_id": "https://app.acme.dev/OAuth/Client"'],
    test({ parts }) {
      const host = parts.host ?? "";
      if (!/[A-Z]/.test(host) || holdsPlaceholder(host)) return undefined;
      return {
        ...hostRange(parts),
        message: say`Capitals in the host make this another client than the lower-case URL (CIMD draft-02 §3). Use lower case.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, host: parts.host?.toLowerCase() }),
    fixTitle: () => say`Use lower case`,
  }),
  clientIdRule({
    id: "client-id/dot-segment",
    severity: "error",
    title: "client_id has no `.` or `..` path segments",
    why: "Parsers resolve dot segments, so the address that is fetched is not the identifier that was sent.",
    sources: [cimd("3")],
    bad: [
      '"client_id": "https://app.acme.dev/a/«..»/client"',
      '"client_id": "https://app.acme.dev/«.»/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/.well-known/client"'],
    test({ parts }) {
      const found = findDotSegment(parts.path, false);
      if (!found) return undefined;
      const start = offsetOf("path", parts);
      return {
        start: start + found.start,
        end: start + found.end,
        message: say`\`client_id\` must not have \`.\` or \`..\` segments (CIMD draft-02 §3). Write the path they resolve to.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, path: withoutDotSegments(parts.path) }),
    fixTitle: () => say`Resolve the dot segments`,
  }),
  clientIdRule({
    id: "client-id/dot-segment-encoded",
    severity: "error",
    title: "client_id has no encoded dot segments",
    why: "`%2e` is a dot to URL parsers; oidc-provider, better-auth, Cloudflare and Keycloak refuse it like a plain one.",
    sources: [cimd("3"), rfc(3986, "6.2.2.2")],
    bad: ['"client_id": "https://app.acme.dev/a/«%2e%2E»/client"'],
    good: ['"client_id": "https://app.acme.dev/a.b/client"'],
    test({ parts }) {
      const found = findDotSegment(parts.path, true);
      if (!found) return undefined;
      const start = offsetOf("path", parts);
      return {
        start: start + found.start,
        end: start + found.end,
        message: say`The encoded dots make a \`.\` or \`..\` segment, which \`client_id\` must not have (CIMD draft-02 §3). Write the path they resolve to.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/non-ascii",
    severity: "error",
    title: "client_id is ASCII",
    why: "URLs are ASCII (RFC 3986 §2). Servers that normalise a name such as bücher.example can never find it equal to what was sent.",
    sources: [rfc(3986, "2"), cimd("3")],
    bad: ['"client_id": "https://app.acme.dev/«ü»/client"', '"client_id": "https://«ü»ber.acme.dev/client"'],
    good: ['"client_id": "https://app.acme.dev/%C3%BC/client"'],
    test({ raw }) {
      const found = findNonAscii(raw);
      return (
        found && {
          ...found,
          message: say`\`client_id\` holds characters that a URL cannot have (RFC 3986 §2). Write the host in punycode (xn--…) and percent-encode the path.`,
        }
      );
    },
    fix: ({ raw, parts }) => {
      const url = URL.parse(raw);
      const host = parts.host !== undefined && findNonAscii(parts.host) ? url?.hostname : parts.host;
      return url && host !== undefined
        ? joinUri({ ...parts, host, path: encodeNonAscii(parts.path) })
        : undefined;
    },
    fixTitle: () => say`Encode it`,
  }),
  clientIdRule({
    id: "client-id/illegal-character",
    severity: "error",
    title: "client_id has only characters that URLs allow",
    why: "Spaces, quotes and brackets are repaired by some parsers and refused by others; oidc-provider, Cloudflare and better-auth refuse.",
    sources: [rfc(3986, "2")],
    bad: ['"client_id": "https://app.acme.dev/my« »client"', '"client_id": "https://app.acme.dev/a«{»1}"'],
    good: ['"client_id": "https://app.acme.dev/my%20client"'],
    test({ raw }) {
      if (holdsPlaceholder(raw)) return undefined;
      const found = findIllegalAscii(raw.replaceAll("\\", "/"));
      return (
        found && {
          ...found,
          message: say`A URL cannot hold ${describe(raw.charAt(found.start))} (RFC 3986 §2). Percent-encode it, or better leave it out.`,
        }
      );
    },
    fix: ({ raw }) => raw.trim().replace(/[ "<>^`{|}]/g, encodeURIComponent),
    fixTitle: () => say`Percent-encode it`,
  }),
  clientIdRule({
    id: "client-id/backslash",
    severity: "error",
    title: "client_id has no backslash",
    why: "Browsers read a backslash as `/`, other parsers do not: two programs would see two addresses.",
    sources: [rfc(3986, "2")],
    bad: ['"client_id": «"https://app.acme.dev\\\\oauth\\\\client"»'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ raw }) {
      return raw.includes("\\")
        ? {
            message: say`A URL cannot hold a backslash (RFC 3986 §2), and parsers disagree about it. Write \`/\`.`,
          }
        : undefined;
    },
    fix: ({ raw }) => raw.replaceAll("\\", "/"),
    fixTitle: () => say`Use slashes`,
  }),
  clientIdRule({
    id: "client-id/percent-encoding-invalid",
    severity: "error",
    title: "Every % in client_id starts a percent-encoding",
    why: "A lone percent sign is not a URL; servers refuse it or encode it, and then it is another identifier.",
    sources: [rfc(3986, "2.1")],
    bad: ['"client_id": "https://app.acme.dev/100«%»zz/client"'],
    good: ['"client_id": "https://app.acme.dev/100%25/client"'],
    test({ raw }) {
      const found = findBadPercent(raw);
      return (
        found && {
          ...found,
          message: say`Two hex digits must follow a \`%\` (RFC 3986 §2.1). Write \`%25\` for the sign itself.`,
        }
      );
    },
  }),
  clientIdRule({
    id: "client-id/percent-encoding-normal",
    severity: "warning",
    title: "Percent-encodings in client_id are in their normal form",
    why: "`%7E` and `~`, `%2f` and `%2F` mean the same and are different strings; whoever normalises the URL makes another client of it.",
    sources: [rfc(3986, "6.2.2"), cimd("3")],
    bad: [
      '"client_id": "https://app.acme.dev/«%7E»acme/client"',
      '"client_id": "https://app.acme.dev/a«%c3»%BC/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/a%20b/client"'],
    test({ parts }) {
      // Encoded dots of a dot segment are an error of their own.
      if (findDotSegment(parts.path, true)) return undefined;
      const found = findAbnormalPercent(parts.path);
      if (!found) return undefined;
      const start = offsetOf("path", parts);
      return {
        start: start + found.start,
        end: start + found.end,
        message: say`This percent-encoding has a simpler spelling, and servers compare strings (CIMD draft-02 §3). Write the character itself, or the hex digits in capitals.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, path: normalisePercent(parts.path) }),
    fixTitle: () => say`Normalise the percent-encoding`,
  }),
  clientIdRule({
    id: "client-id/encoded-slash",
    severity: "information",
    title: "client_id has no encoded slash",
    why: "Proxies and frameworks decode `%2F` at different times, so the document may be found under one of the two spellings only.",
    sources: [rfc(3986, "2.2")],
    bad: ['"client_id": "https://app.acme.dev/oauth«%2F»client"'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const found = /%2F|%5C/i.exec(parts.path);
      if (!found) return undefined;
      const start = offsetOf("path", parts) + found.index;
      return {
        start,
        end: start + 3,
        message: say`Proxies read an encoded slash in different ways, so the file may not be found. Choose a path without it.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/empty-segment",
    severity: "information",
    title: "client_id has no empty path segment",
    why: "`//` inside a path is legal and often collapsed on the way, which makes another identifier.",
    sources: [rfc(3986, "3.3")],
    bad: ['"client_id": "https://app.acme.dev/oauth«//»client"'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const index = parts.path.indexOf("//");
      if (index < 0) return undefined;
      const start = offsetOf("path", parts) + index;
      return {
        start,
        end: start + 2,
        message: say`Servers and proxies may collapse \`//\`, and then the URL is another client's. Use one slash.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, path: parts.path.replace(/\/{2,}/g, "/") }),
    fixTitle: () => say`Use one slash`,
  }),
  clientIdRule({
    id: "client-id/path-parameter",
    severity: "information",
    title: "client_id has no path parameter",
    why: "FastMCP drops what follows a `;` in the last segment when it fetches.",
    sources: [rfc(3986, "3.3")],
    bad: ['"client_id": "https://app.acme.dev/client«;v=2»"'],
    good: ['"client_id": "https://app.acme.dev/client-v2"'],
    test({ parts }) {
      const index = parts.path.indexOf(";");
      if (index < 0) return undefined;
      const start = offsetOf("path", parts);
      return {
        start: start + index,
        end: start + parts.path.length,
        message: say`What follows \`;\` is dropped by some servers when they fetch. Choose a path without it.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/trailing-slash",
    severity: "information",
    title: "client_id does not end with a slash",
    why: "`/client` and `/client/` are two clients, and static hosts redirect from one to the other, which servers do not follow.",
    sources: [cimd("3"), cimd("5")],
    bad: ['"client_id": "https://app.acme.dev/client«/»"'],
    good: ['"client_id": "https://app.acme.dev/client"'],
    test({ parts }) {
      if (parts.path === "/" || !parts.path.endsWith("/")) return undefined;
      const end = offsetOf("path", parts) + parts.path.length;
      return {
        start: end - 1,
        end,
        message: say`With the final slash this is another client than without, and hosts like to redirect between the two. Name a file.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/length",
    severity: "information",
    title: "client_id is short",
    why: "People read it on consent screens and the draft recommends a short one; Auth0 accepts at most 120 bytes, Logto 2,048 characters.",
    sources: [cimd("3")],
    bad: [`"client_id": «"https://app.acme.dev/${"oauth-".repeat(20)}client"»`],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ raw }) {
      if (raw.length <= 120) return undefined;
      return {
        severity: raw.length > 2048 ? "warning" : "information",
        message: say`\`client_id\` has ${raw.length} characters, and a short one is recommended (CIMD draft-02 §3). Serve the file under a shorter path.`,
      };
    },
  }),
];

function describe(character: string): string {
  if (character === " ") return say`a space`;
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? say`a control character` : `\`${character}\``;
}

function encodeNonAscii(text: string): string {
  return text.replace(/[^\u0000-\u007f]+/g, (run) => encodeURIComponent(run.toWellFormed()));
}
