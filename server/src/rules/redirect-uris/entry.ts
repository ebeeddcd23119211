import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { atproto, cimd, mcp, rfc } from "../../specifications/sources.js";
import { findIllegalAscii, findNonAscii } from "../../uri/spelling.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import type { Rule } from "../rule.js";
import { isLoopbackInDisguise } from "./loopback.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

function hasAuthority({ parts }: RedirectUri): boolean {
  return parts.authority !== undefined;
}

/** What stands behind a scheme whose slashes are wrong. */
const HOST_AND_PATH = /^\/?(?:localhost|\d+(?:\.\d+){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?\//i;

/** Rules about single entries: what no server can redirect to, or what no specification allows. */
export const entryRules: readonly Rule[] = [
  redirectRule({
    id: "redirect-uris/absolute",
    severity: "error",
    title: "Redirect URIs are absolute",
    why: "A browser is sent there from another site, so scheme and host must be written out.",
    sources: [rfc(6749, "3.1.2")],
    bad: [
      '"redirect_uris": [«"/callback"»]',
      '"redirect_uris": [«"app.acme.dev/callback"»]',
      '"redirect_uris": [«"https:///callback"»]',
      '"redirect_uris": [«"localhost:8080/callback"»]',
      '"redirect_uris": [«"https:/app.acme.dev/callback"»]',
    ],
    good: [
      '"redirect_uris": ["https://app.acme.dev/callback"]',
      '"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"',
    ],
    test(uri) {
      if (uri.raw === "" || holdsPlaceholder(uri.raw) || uri.pattern?.form === "malformed") return undefined;
      if (isAbsolute(uri) || uri.raw.trim() !== uri.raw) return undefined;
      return {
        message: say`A redirect URI must be absolute, or the browser cannot be sent there (RFC 6749 §3.1.2). Write scheme, host and path.`,
      };
    },
    fix({ raw, scheme, parts }) {
      if (parts.authority === undefined && /^https?$/.test(scheme) && HOST_AND_PATH.test(parts.path)) {
        const rest = raw.slice(scheme.length + 1).replace(/^\//, "");
        return [{ title: say`Write two slashes`, uri: `${scheme}://${rest}`, preferred: true }];
      }
      if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\//i.test(raw)) {
        return [{ title: say`Add the scheme`, uri: `http://${raw}`, preferred: true }];
      }
      return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\//i.test(raw)
        ? [{ title: say`Add the scheme`, uri: `https://${raw}`, preferred: true }]
        : [];
    },
  }),
  redirectRule({
    id: "redirect-uris/fragment",
    severity: "error",
    title: "Redirect URIs have no fragment",
    why: "The answer's parameters would land behind the fragment; oidc-provider and better-auth refuse the whole document.",
    sources: [rfc(6749, "3.1.2")],
    bad: [
      '"redirect_uris": ["https://app.acme.dev/callback«#done»"]',
      '"redirect_uris": ["https://app.acme.dev/callback«#»"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
    test(uri) {
      const { parts, raw, pattern } = uri;
      if (parts.fragment === undefined || pattern?.form === "malformed" || !isAbsolute(uri)) return undefined;
      return {
        start: raw.indexOf("#"),
        end: raw.length,
        message: say`A redirect URI must not have a fragment (RFC 6749 §3.1.2), and some servers refuse the whole document. Delete the \`#\` and what follows.`,
      };
    },
    fix: ({ parts }) => [
      { title: say`Delete the fragment`, uri: joinUri({ ...parts, fragment: undefined }), preferred: true },
    ],
  }),
  redirectRule({
    id: "redirect-uris/userinfo",
    severity: "error",
    title: "Redirect URIs have no user name or password",
    why: "The document is public, and servers refuse or strip credentials in redirect URIs.",
    sources: [rfc(3986, "3.2.1"), atproto],
    bad: ['"redirect_uris": ["https://«user:secret@»app.acme.dev/callback"]'],
    good: ['"redirect_uris": ["https://app.acme.dev/@me/callback"]'],
    test({ parts, pattern }) {
      if (parts.userinfo === undefined || pattern?.form === "malformed") return undefined;
      const start = offsetOf("authority", parts);
      return {
        start,
        end: start + parts.userinfo.length + 1,
        message: say`Credentials in a redirect URI are published with the document, and servers never match them (RFC 3986 §3.2.1). Delete everything up to the \`@\`.`,
      };
    },
    fix: ({ parts }) => [
      {
        title: say`Delete the credentials`,
        uri: joinUri({ ...parts, userinfo: undefined }),
        preferred: true,
      },
    ],
  }),
  redirectRule({
    id: "redirect-uris/unsafe-scheme",
    severity: "error",
    title: "Redirect URIs lead back to the client",
    why: "javascript:, data: and the like run or read something in the browser instead of calling the client back.",
    sources: [cimd("8.6"), rfc(9700, "4.1")],
    bad: [
      '"redirect_uris": ["«javascript»:alert(1)"]',
      '"redirect_uris": ["«data»:text/html,hi"]',
      '"redirect_uris": ["«file»:///tmp/callback"]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
    test({ kind, parts, scheme }) {
      if (kind !== "unsafe") return undefined;
      return {
        end: parts.scheme?.length ?? 0,
        message: say`\`${scheme}:\` does not call your client back, and servers refuse it (CIMD draft-02 §8.6). Use https, a loopback address or your own scheme.`,
      };
    },
  }),
  redirectRule({
    id: "redirect-uris/http-non-loopback",
    severity: "error",
    title: "http is for loopback only",
    why: "Over http anybody on the way reads the authorization code; only the user's own machine is exempt.",
    sources: [rfc(9700, "2.6"), rfc(7591, "5"), mcp("security-considerations")],
    bad: [
      '"redirect_uris": ["«http»://app.acme.dev/callback"]',
      '"redirect_uris": ["«http»://192.168.1.10/callback"]',
    ],
    good: [
      '"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"',
      '"redirect_uris": ["http://[::1]/callback"], "application_type": "native"',
    ],
    test(uri) {
      if (uri.kind !== "http" || uri.pattern?.form === "malformed" || (uri.parts.host ?? "") === "")
        return undefined;
      if (isLoopbackInDisguise(uri)) return undefined;
      return {
        end: 4,
        message: say`Plain http sends the authorization code in the clear and is only allowed to the machine itself (RFC 9700 §2.6). Use https.`,
      };
    },
    fix: ({ parts }) => [
      parts.host === "0.0.0.0" || parts.host === "[::]"
        ? {
            title: say`Use the loopback address`,
            uri: joinUri({ ...parts, host: "127.0.0.1" }),
            preferred: true,
          }
        : { title: say`Use https`, uri: joinUri({ ...parts, scheme: "https" }), preferred: true },
    ],
  }),
  redirectRule({
    id: "redirect-uris/port-invalid",
    severity: "error",
    title: "The port of a redirect URI is a number from 1 to 65535",
    why: "Templates such as {port} and impossible ports never match; some servers refuse the whole document.",
    sources: [rfc(3986, "3.2.3"), rfc(8252, "7.3")],
    bad: [
      '"redirect_uris": ["http://127.0.0.1:«{port}»/callback"], "application_type": "native"',
      '"redirect_uris": ["https://app.acme.dev:«70000»/callback"]',
      '"redirect_uris": ["http://127.0.0.1:«0»/callback"], "application_type": "native"',
    ],
    good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
    test(uri) {
      const { port } = uri.parts;
      if (!hasAuthority(uri) || port === undefined || port === "" || port.includes("*")) return undefined;
      if (/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535) return undefined;
      const start = offsetOf("port", uri.parts);
      return {
        start,
        end: start + port.length,
        message:
          uri.kind === "loopback"
            ? say`This is no port, so the entry never matches (RFC 3986 §3.2.3). Leave the port out: servers then accept any port on loopback (RFC 8252 §7.3).`
            : say`This is no port, so the entry never matches (RFC 3986 §3.2.3). Delete it, or write a number from 1 to 65535.`,
      };
    },
    fix: ({ parts }) => [
      { title: say`Leave the port out`, uri: joinUri({ ...parts, port: undefined }), preferred: true },
    ],
  }),
  redirectRule({
    id: "redirect-uris/illegal-character",
    severity: "error",
    title: "Redirect URIs have only characters that URIs allow",
    why: "Servers compare exactly; a space, a backslash or a letter outside ASCII is changed on its way and never matches.",
    sources: [rfc(3986, "2")],
    bad: [
      '"redirect_uris": ["https://app.acme.dev/call« »back"]',
      '"redirect_uris": ["https://app.acme.dev/«é»"]',
      '"redirect_uris": [«"https://app.acme.dev/a\\\\b"»]',
    ],
    good: ['"redirect_uris": ["https://app.acme.dev/%C3%A9"]'],
    test(uri) {
      const found = findIllegalAscii(uri.raw) ?? findNonAscii(uri.raw);
      if (!found || uri.raw.trim() !== uri.raw || holdsPlaceholder(uri.raw) || !isAbsolute(uri))
        return undefined;
      // `{port}` and its like are one mistake, and the port rule names it.
      if (uri.parts.port !== undefined && findIllegalAscii(uri.parts.port)) return undefined;
      return {
        ...found,
        message: say`A URI cannot hold this character (RFC 3986 §2), so the entry never matches what a client sends. Percent-encode it, or write the host in punycode.`,
      };
    },
  }),
];
