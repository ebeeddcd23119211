import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import type { WildcardPlace } from "../../redirects/pattern.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { hostRange, joinUri, offsetOf } from "../../uri/uriParts.js";
import { defineRule } from "../rule.js";
import { redirectRule } from "./redirectRule.js";

export const wildcardSingle = defineRule({
  id: "redirect-uris/wildcard-single",
  severity: "off",
  title: "A client with several redirect URIs sends redirect_uri",
  why: "With several redirect URIs, or a pattern, a request without redirect_uri names none of them, and servers refuse it. That is the client's code and not the document's, so the rule is off.",
  sources: [rfc(6749, "3.1.2.3")],
  bad: ['"redirect_uris": «[»"https://app.acme.dev/callback", "https://app.acme.dev/other"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const list = document.array("redirect_uris");
    const [first, second] = document.redirects;
    if (!list || !first || (!second && !first.uri.pattern)) return;
    report({
      at: startOf(list),
      pointer: "/redirect_uris",
      message: say`The list names no single address, so every authorization request must carry \`redirect_uri\` (RFC 6749 §3.1.2.3). See that your client sends it.`,
    });
  },
});

function wildcardAt(uri: RedirectUri, place: WildcardPlace): boolean {
  return uri.pattern?.form === "well-formed" && uri.pattern.places.includes(place);
}

export const wildcardMalformed = redirectRule({
  id: "redirect-uris/wildcard-malformed",
  severity: "error",
  title: "A wildcard is in a place where a server could read it",
  why: "FastMCP and Logto read `*` as a whole port, as the first label of a host and in a path; anywhere else every server takes it literally.",
  sources: [rfc(9700, "4.1.3"), cimd("4.2")],
  bad: [
    '"redirect_uris": [«"http://localhost:3*/callback"»]',
    '"redirect_uris": [«"http://*:3000/callback"»]',
    '"redirect_uris": [«"http://local*/callback"»]',
    '"redirect_uris": [«"https://*/callback"»]',
    '"redirect_uris": [«"*"»]',
    '"redirect_uris": [«"*://app.acme.dev/callback"»]',
    '"redirect_uris": [«"https://app.acme.dev/callback?x=*"»]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test({ pattern }) {
    if (pattern?.form !== "malformed") return undefined;
    return {
      message: say`No server reads this wildcard, so the entry matches nothing: ${pattern.reason}. Write the address without \`*\`.`,
    };
  },
  fix: ({ parts, kind }) =>
    kind === "loopback" && parts.port?.includes("*")
      ? [{ title: say`Leave the port out`, uri: joinUri({ ...parts, port: undefined }), preferred: true }]
      : [],
});

export const wildcardTooBroad = redirectRule({
  id: "redirect-uris/wildcard-too-broad",
  severity: "error",
  title: "A wildcard covers only your own names",
  why: "Under a public suffix anybody can get a name and with it your users' authorization codes.",
  sources: [rfc(9700, "4.1.3"), rfc(9700, "2.1")],
  bad: [
    '"redirect_uris": ["https://«*.github.io»/callback"]',
    '"redirect_uris": ["https://«*.com»/callback"]',
    '"redirect_uris": ["https://«*.co.uk»/callback"]',
  ],
  good: ['"redirect_uris": ["https://login.acme.dev/callback"]'],
  test(uri) {
    if (uri.pattern?.form !== "too-broad") return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Anybody can get a name under ${uri.pattern.suffix} and would receive your users' authorization codes (RFC 9700 §4.1.3). List your own hosts.`,
    };
  },
});

export const wildcardPort = redirectRule({
  id: "redirect-uris/wildcard-port",
  severity: "information",
  title: "Loopback redirects leave the port out instead of writing a wildcard",
  why: "`:*` is no URL: servers that parse it refuse the whole document, others never match it. A loopback entry without a port means any port to most servers (RFC 8252 §7.3).",
  sources: [cimd("4.2"), rfc(8252, "7.3")],
  portability: {
    message:
      "A wildcard port is FastMCP's own syntax. Leave the port out and set `application_type` to native: servers then accept any port.",
  },
  bad: ['"redirect_uris": ["http://127.0.0.1:«*»/callback"], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
  test(uri) {
    if (!wildcardAt(uri, "port")) return undefined;
    const start = offsetOf("port", uri.parts);
    return {
      start,
      end: start + 1,
      message: say`The wildcard port is FastMCP's own syntax; the draft asks for exact matching (CIMD draft-03 §4.2). For the others, list the URI without a port and set \`application_type\` to native.`,
    };
  },
});

export const wildcardHost = redirectRule({
  id: "redirect-uris/wildcard-host",
  severity: "information",
  title: "Redirect URIs name their host without a wildcard",
  why: "Redirect URIs are compared exactly (RFC 9700 §4.1.3); to other servers `*.acme.dev` is a host of that very name.",
  sources: [cimd("4.2"), rfc(9700, "4.1.3")],
  portability: { message: "Few servers read a wildcard in the host. List each host." },
  bad: ['"redirect_uris": ["https://«*.acme.dev»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    if (!wildcardAt(uri, "host")) return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Few servers read a wildcard host; the draft asks for exact matching (CIMD draft-03 §4.2). List the hosts you use.`,
    };
  },
});

export const wildcardPath = redirectRule({
  id: "redirect-uris/wildcard-path",
  severity: "information",
  title: "Redirect URIs name their path without a wildcard",
  why: "Redirect URIs are compared exactly (RFC 9700 §4.1.3); to other servers the `*` is a character like any other.",
  sources: [cimd("4.2"), rfc(9700, "4.1.3")],
  portability: { message: "Few servers read a wildcard in the path. List each path." },
  bad: ['"redirect_uris": ["https://app.acme.dev«/auth/*»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/auth/callback"]'],
  test(uri) {
    if (!wildcardAt(uri, "path") || uri.kind === "unsafe") return undefined;
    const start = offsetOf("path", uri.parts);
    return {
      start: uri.parts.authority === undefined ? 0 : start,
      end: uri.parts.authority === undefined ? uri.raw.length : start + uri.parts.path.length,
      message: say`Few servers read a wildcard path; the draft asks for exact matching (CIMD draft-03 §4.2). List the paths you use.`,
    };
  },
});
