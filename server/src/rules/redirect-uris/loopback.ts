import { startOf } from "../../document/locate.js";
import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { isLoopbackHost, type RedirectUri } from "../../redirects/classify.js";
import { cimd, mcp, rfc } from "../../specifications/sources.js";
import { canonicalHost } from "../../uri/host.js";
import { hostRange, joinUri } from "../../uri/uriParts.js";
import { defineRule } from "../rule.js";
import { redirectRule } from "./redirectRule.js";

/** The hosts that RFC 8252 §7.3 and §8.3 name. */
const LOOPBACK_FORMS: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** `127.1`, `0x7f.0.0.1`: the loopback address to a URL parser, another text to everybody who compares. */
export function isLoopbackInDisguise({ kind, parts }: RedirectUri): boolean {
  if (kind !== "http" || !/^(?:0x|\d)/i.test(parts.host ?? "")) return false;
  return isLoopbackHost(canonicalHost(parts.host ?? "") ?? "");
}

export const loopbackExact = defineRule({
  id: "redirect-uris/loopback-exact",
  severity: "hint",
  title: "The server lets a native client choose its loopback port",
  why: "RFC 8252 §7.3 lets a client add the port it listens on. Servers that compare strings (CIMD draft-02 §4.2) do not know that exception, whatever application_type says.",
  sources: [rfc(8252, "7.3"), cimd("4.2")],
  portability: {
    message:
      "Some servers compare the whole address, so the client may not add its port. For their users, also list the ports that the client tries.",
  },
  bad: ['"redirect_uris": [«"http://127.0.0.1/callback"»], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1:8080/callback"], "application_type": "native"'],
});

export const loopbackRefused = defineRule({
  id: "redirect-uris/loopback-refused",
  severity: "information",
  title: "The server accepts loopback redirects",
  why: "A few servers serve web clients only: any redirect that is not https makes them refuse the whole document.",
  sources: [rfc(8252, "7.3")],
  portability: {
    message:
      "Some servers accept no loopback redirect, whatever the rest of the document says. A document for them needs https redirect URIs only.",
  },
  bad: ['"redirect_uris": [«"http://127.0.0.1/callback"»], "application_type": "native"'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
});

export const loopbackNonstandard = redirectRule({
  id: "redirect-uris/loopback-nonstandard",
  severity: "warning",
  title: "Loopback redirects use 127.0.0.1, [::1] or localhost",
  why: "Only these forms are named by RFC 8252 §7.3; servers differ about every other spelling of loopback, and few accept it.",
  sources: [rfc(8252, "7.3")],
  bad: [
    '"redirect_uris": ["http://«127.0.0.2»/callback"], "application_type": "native"',
    '"redirect_uris": ["http://«127.1»:8080/callback"], "application_type": "native"',
    '"redirect_uris": ["http://«app.localhost»/callback"], "application_type": "native"',
    '"redirect_uris": ["http://«localhost.»/callback"], "application_type": "native"',
    '"redirect_uris": ["http://«[0:0:0:0:0:0:0:1]»/callback"], "application_type": "native"',
  ],
  good: [
    '"redirect_uris": ["http://127.0.0.1/callback", "http://[::1]/callback"], "application_type": "native"',
  ],
  test(uri) {
    const host = uri.parts.host?.toLowerCase() ?? "";
    if (
      uri.kind === "loopback" ? LOOPBACK_FORMS.has(host) || host.includes("*") : !isLoopbackInDisguise(uri)
    ) {
      return undefined;
    }
    return {
      ...hostRange(uri.parts),
      message: say`Servers accept only 127.0.0.1, [::1] and, some of them, localhost as loopback (RFC 8252 §7.3), and compare them as text. Listen on one of these.`,
    };
  },
  fix({ parts }) {
    const host = parts.host?.startsWith("[") ? "[::1]" : "127.0.0.1";
    return [{ title: say`Use ${host}`, uri: joinUri({ ...parts, host }) }];
  },
});

export const loopbackPair = defineRule({
  id: "redirect-uris/loopback-pair",
  severity: "off",
  title: "Both loopback addresses are listed",
  why: "RFC 8252 §7.3 recommends trying IPv4 and IPv6, and servers never accept one address for the other. Few clients need it, so the rule is off.",
  sources: [rfc(8252, "7.3")],
  bad: ['"redirect_uris": ["http://«127.0.0.1»/callback"], "application_type": "native"'],
  good: [
    '"redirect_uris": ["http://127.0.0.1/callback", "http://[::1]/callback"], "application_type": "native"',
  ],
  check(document, report) {
    const entries = document.redirects.filter(({ uri }) => uri.kind === "loopback");
    const hosts = new Set(entries.map(({ uri }) => uri.parts.host));
    if (hosts.has("127.0.0.1") === hosts.has("[::1]")) return;
    const [listed, absent] = hosts.has("127.0.0.1") ? ["127.0.0.1", "[::1]"] : ["[::1]", "127.0.0.1"];
    const entry = entries.find(({ uri }) => uri.parts.host === listed);
    if (!entry) return;
    const { start, end } = hostRange(entry.uri.parts);
    report({
      at: rangeInString(entry.node, start, end),
      pointer: entry.pointer,
      message: say`Only ${listed} is listed, and no server accepts ${absent} in its place (RFC 8252 §7.3). If your client may listen on ${absent}, list that too.`,
    });
  },
});

export const loopbackOnly = defineRule({
  id: "redirect-uris/loopback-only",
  severity: "off",
  title: "Not every redirect leads to the user's own machine",
  why: "Any program on the machine can claim a loopback redirect, so servers warn more strongly about clients that have no other (MCP). A native client cannot help it, so the rule is off.",
  sources: [mcp("security-considerations"), cimd("8.5")],
  bad: ['"redirect_uris": «[»"http://127.0.0.1/callback"], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback", "https://app.acme.dev/callback"]'],
  check(document, report) {
    const list = document.array("redirect_uris");
    if (!list || document.redirects.length === 0) return;
    if (!document.redirects.every(({ uri }) => uri.kind === "loopback")) return;
    report({
      at: startOf(list),
      pointer: "/redirect_uris",
      message: say`Every redirect leads to the user's machine, and servers show an extra warning for that (MCP security considerations). List an https redirect if the client has one.`,
    });
  },
});
