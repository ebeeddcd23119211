import { say } from "../../localisation/say.js";
import { UNSAFE_SCHEMES } from "../../redirects/classify.js";
import { atproto, cimd, rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { findBadPercent, findIllegalAscii, findNonAscii } from "../../uri/spelling.js";
import { hostRange, joinUri, offsetOf } from "../../uri/uriParts.js";
import { defineRule, type Rule } from "../rule.js";
import { FETCHED, SHOWN, type UriMember } from "./uriMembers.js";
import { uriRule } from "./uriRule.js";

function schemeOf({ parts }: UriMember): string {
  return parts.scheme?.toLowerCase() ?? "";
}

/** `data:` logos have a rule of their own. */
function isUnsafe(uri: UriMember): boolean {
  const scheme = schemeOf(uri);
  return UNSAFE_SCHEMES.has(scheme) && !(uri.field === "logo_uri" && scheme === "data");
}

/** `app.acme.dev:8443/x` and `app.acme.dev/x`, whose author left out the scheme. */
function lacksScheme({ node, parts }: UriMember): boolean {
  const host = parts.scheme === undefined ? parts.path.split("/", 1)[0] : parts.scheme;
  return (
    parts.authority === undefined &&
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host ?? "") &&
    !node.value.startsWith("/")
  );
}

/** What stands behind a scheme whose slashes are wrong. */
const HOST_AND_PATH = /^\/?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/|$)/i;

/** What a server may load by itself; the rest are links for people. */
function isFetched(field: string): boolean {
  return field === "logo_uri" || FETCHED.has(field);
}

function specialUseMessage(field: string, nameOnly: boolean): string {
  if (nameOnly) {
    return say`Public DNS does not know the host of \`${field}\` (RFC 6761), so nobody else can open it. Use a public name.`;
  }
  return isFetched(field)
    ? say`\`${field}\` leads to the server's own machine or network, from which it must not fetch (CIMD draft-03 §9.6). Use a public host.`
    : say`\`${field}\` leads everybody to their own machine or network, where the page is not (RFC 7591 §2 asks for a valid one). Use a public host.`;
}

const SPECIAL: ReadonlySet<string> = new Set([...SHOWN, ...FETCHED]);

export const https = defineRule({
  id: "uri/https",
  severity: "information",
  title: "Pages and images are served over https",
  why: "The draft allows http here (making it https only was declined in July 2026); oidc-provider and the atproto profile do not.",
  sources: [atproto, rfc(7591, "2")],
  portability: { message: "Some servers accept only https here. Use an https address." },
  bad: ['"policy_uri": «"http://app.acme.dev/privacy"»', '"logo_uri": «"http://app.acme.dev/logo.png"»'],
  good: ['"policy_uri": "https://app.acme.dev/privacy"'],
});

const absolute = uriRule({
  id: "uri/absolute",
  severity: "error",
  title: "Pages and images have absolute web addresses",
  why: "The document is read elsewhere, so a path alone leads nowhere; the value must point to a valid page or image.",
  sources: [rfc(7591, "2")],
  fields: SHOWN,
  bad: [
    '"policy_uri": «"/privacy"»',
    '"client_uri": «"app.acme.dev"»',
    '"tos_uri": «"https:app.acme.dev/tos"»',
    '"client_uri": «"dev.acme.app:/home"»',
    '"logo_uri": «"https:///logo.png"»',
  ],
  good: ['"policy_uri": "https://app.acme.dev/privacy"'],
  test(uri) {
    if (isUnsafe(uri) || (uri.field === "logo_uri" && schemeOf(uri) === "data")) return undefined;
    const web = schemeOf(uri) === "https" || schemeOf(uri) === "http";
    if (web && uri.parts.authority !== undefined && uri.parts.host !== "") return undefined;
    return {
      message:
        uri.field === "logo_uri"
          ? say`\`${uri.field}\` must be the full address of an image (RFC 7591 §2), and servers refuse anything else. Write https://, the host and the path.`
          : say`\`${uri.field}\` must be the full address of a web page (RFC 7591 §2), and servers refuse anything else. Write https://, the host and the path.`,
    };
  },
  fix(uri) {
    const { scheme, path } = uri.parts;
    if (scheme !== undefined && /^https?$/i.test(scheme) && HOST_AND_PATH.test(path)) {
      return `${scheme}://${uri.node.value.slice(scheme.length + 1).replace(/^\/+/, "")}`;
    }
    return lacksScheme(uri) && URL.canParse(`https://${uri.node.value}`)
      ? `https://${uri.node.value}`
      : undefined;
  },
  fixTitle: () => say`Write it out`,
});

const unsafeScheme = uriRule({
  id: "uri/unsafe-scheme",
  severity: "error",
  title: "Links open a web page",
  why: "javascript:, data: and the like run or read something in the browser of whoever is asked for consent; servers must only use schemes they know.",
  sources: [cimd("9.6")],
  fields: SHOWN,
  bad: [
    '"client_uri": "«javascript»:alert(1)"',
    '"tos_uri": "«data»:text/html,terms"',
    '"logo_uri": "«file»:///tmp/logo.png"',
  ],
  good: ['"client_uri": "https://app.acme.dev"'],
  test(uri) {
    if (!isUnsafe(uri)) return undefined;
    return {
      end: uri.parts.scheme?.length ?? 0,
      message: say`\`${schemeOf(uri)}:\` is no address of a page or an image, and servers refuse it or leave it out (CIMD draft-03 §9.6). Use an https address.`,
    };
  },
});

const userinfo = uriRule({
  id: "uri/userinfo",
  severity: "warning",
  title: "Links carry no user name or password",
  why: "The document is public, so credentials in a link are published.",
  sources: [rfc(3986, "3.2.1"), rfc(9110, "4.2.4")],
  fields: SPECIAL,
  bad: ['"client_uri": "https://«user:secret@»app.acme.dev"'],
  good: ['"client_uri": "https://app.acme.dev/@acme"'],
  test({ field, parts }) {
    if (parts.userinfo === undefined) return undefined;
    const start = offsetOf("authority", parts);
    return {
      start,
      end: start + parts.userinfo.length + 1,
      message: say`\`${field}\` publishes a user name or password, which URLs should not carry (RFC 9110 §4.2.4). Delete everything up to the \`@\`.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, userinfo: undefined }),
  fixTitle: () => say`Delete the credentials`,
});

const specialUseHost = uriRule({
  id: "uri/special-use-host",
  severity: "error",
  title: "Links lead to public hosts",
  why: "A loopback or private address is another machine for everybody who reads the document. Servers must not fetch from it, so a logo there is an error and a link a warning.",
  sources: [cimd("9.6"), rfc(7591, "2"), rfc(6890, "2.2.2")],
  fields: SPECIAL,
  bad: [
    '"client_uri": "http://«localhost»:3000"',
    '"logo_uri": "https://«192.168.1.4»/logo.png"',
    '"tos_uri": "https://«docs.acme.internal»/tos"',
  ],
  good: ['"client_uri": "https://app.acme.dev"', '"client_uri": "https://93.184.215.14/"'],
  test({ field, parts }) {
    const host = parts.host ?? "";
    const kind = hostKind(host);
    const nameOnly = kind === "non-public-name";
    if (kind !== "special-use-address" && kind !== "localhost" && !nameOnly) return undefined;
    // Documentation names have `document/placeholder`.
    if (/(?:^|\.)example\.?$/i.test(host)) return undefined;
    return {
      ...hostRange(parts),
      ...(nameOnly || !isFetched(field) ? { severity: "warning" as const } : {}),
      message: specialUseMessage(field, nameOnly),
    };
  },
});

const illegalCharacter = uriRule({
  id: "uri/illegal-character",
  severity: "error",
  title: "Links have only characters that URLs allow",
  why: "A space, a backslash or a letter outside ASCII is repaired by some parsers and refused by others.",
  sources: [rfc(3986, "2")],
  bad: [
    '"client_uri": "https://app.acme.dev/my« »page"',
    '"tos_uri": "https://app.acme.dev/«é»"',
    '"policy_uri": "https://app.acme.dev/100«%»"',
    '"initiate_login_uri": "https://app.acme.dev/log« »in"',
  ],
  good: ['"client_uri": "https://app.acme.dev/my%20page"', '"logo_uri": "https://app.acme.dev/%C3%A9.png"'],
  test(uri) {
    const { value } = uri.node;
    // Without a scheme it is no URL at all, which another rule says.
    if (uri.parts.scheme === undefined || UNSAFE_SCHEMES.has(schemeOf(uri))) return undefined;
    const found = findIllegalAscii(value) ?? findNonAscii(value) ?? findBadPercent(value);
    return (
      found && {
        ...found,
        message: say`A URL cannot hold this character (RFC 3986 §2), so servers change or refuse \`${uri.field}\`. Percent-encode it, or write the host in punycode.`,
      }
    );
  },
  fix({ node, parts }) {
    const before = offsetOf("path", parts);
    if (parts.authority === undefined || findIllegalAscii(parts.authority) || findNonAscii(parts.authority)) {
      return undefined;
    }
    const rest = node.value
      .slice(before)
      .replaceAll("\\", "/")
      .replace(/%(?![0-9A-Fa-f]{2})/g, "%25")
      .replace(/[^\u0021-\u007e]+|["<>^`{|}]/g, (run) => encodeURIComponent(run.toWellFormed()));
    return node.value.slice(0, before) + rest;
  },
  fixTitle: () => say`Percent-encode it`,
});

/** Rules about the URIs of a document that are neither its identity nor redirects. */
export const uriRules: readonly Rule[] = [
  absolute,
  https,
  unsafeScheme,
  userinfo,
  specialUseHost,
  illegalCharacter,
];
