import type { ClientMetadataDocument, RedirectEntry } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { canonicalHost } from "../../uri/host.js";
import { joinUri } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { addMember, removeItem, replaceNode, replaceString } from "../edits.js";
import { entryAt } from "../redirect-uris/redirectRule.js";
import type { Fix, Rule } from "../rule.js";
import { type AtprotoRule, profileRule, serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const redirectCredentials = serverRule({
  id: "atproto/redirect-credentials",
  title: "Redirect URIs have no user name or password",
  why: "atproto servers refuse the document for it.",
  sameAs: ["redirect-uris/userinfo"],
  sentence: "atproto servers accept no user name or password in a redirect URI. Delete them.",
  bad: [atprotoExample('"redirect_uris": ["https://«user@»app.acme.dev/callback"]')],
  good: [atprotoExample("")],
});

interface EntryRule extends Omit<AtprotoRule, "fix"> {
  /** What is wrong with one redirect URI, or undefined. */
  readonly test: (entry: RedirectEntry, client: Client) => string | { readonly warning: string } | undefined;
  /** The entry corrected, or undefined when only the author can know it. */
  readonly fix?: (entry: RedirectEntry, client: Client) => string | undefined;
  /** Fixes that change more than the entry. */
  readonly moreFixes?: (document: ClientMetadataDocument, entry: RedirectEntry) => readonly Fix[];
}

/** What the profile compares a redirect URI with. */
interface Client {
  readonly native: boolean;
  /** Host and port of `client_id`; undefined while it is no https URL. */
  readonly authority: string | undefined;
  readonly host: string | undefined;
}

function clientOf(document: ClientMetadataDocument): Client {
  const parts = document.clientId;
  const https = parts?.scheme?.toLowerCase() === "https";
  const host = https ? canonicalHost(parts?.host ?? "") : undefined;
  return {
    native: document.string("application_type")?.value === "native",
    host,
    authority: host && authority(host, parts?.port),
  };
}

function authority(host: string, port: string | undefined): string {
  return port === undefined || port === "" || port === "443" ? host : `${host}:${port}`;
}

function entryRule({ test, fix, moreFixes, ...meta }: EntryRule): Rule {
  return profileRule({
    ...meta,
    check(document, report) {
      const client = clientOf(document);
      for (const entry of document.redirects) {
        // What no server can redirect to has rules of its own.
        if (entry.uri.pattern || entry.uri.kind === "relative" || entry.uri.kind === "unsafe") continue;
        if (holdsPlaceholder(entry.uri.raw)) continue;
        const found = test(entry, client);
        if (found === undefined) continue;
        const place = { at: entry.node, pointer: entry.pointer };
        if (typeof found === "string") report({ ...place, message: found });
        else report({ ...place, severity: "warning", message: found.warning });
      }
    },
    ...(fix
      ? {
          fix(document, { offset }) {
            const entry = entryAt(document, offset);
            if (!entry) return [];
            const uri = fix(entry, clientOf(document));
            return [
              ...(uri === undefined || uri === entry.uri.raw
                ? []
                : [{ title: say`Use ${uri}`, edits: [replaceString(entry.node, uri)] }]),
              ...(moreFixes?.(document, entry) ?? []),
            ];
          },
        }
      : {}),
  });
}

function isSameOrigin({ uri }: RedirectEntry, client: Client): boolean {
  const host = canonicalHost(uri.parts.host ?? "");
  return !client.authority || !host || authority(host, uri.parts.port) === client.authority;
}

function reversed(host: string): string {
  return host.split(".").reverse().join(".");
}

export const redirectWeb = entryRule({
  id: "atproto/redirect-web",
  title: "Web clients are sent back to https",
  why: "Only native clients have schemes of their own, and a port that every https URL has is not written.",
  sameAs: [
    "redirect-uris/http-non-loopback",
    "redirect-uris/private-use-mixed",
    "redirect-uris/private-use-reverse-domain",
    "redirect-uris/special-use-https",
    "redirect-uris/default-port",
    "redirect-uris/cross-site",
    "application-type/web-loopback",
  ],
  bad: [
    atprotoExample('"redirect_uris": [«"https://app.acme.dev:443/callback"»]'),
    atprotoExample('"redirect_uris": [«"https://links.acme.dev/callback"»]'),
  ],
  good: [
    atprotoExample('"redirect_uris": ["https://app.acme.dev/callback"]'),
    atprotoExample('"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"'),
  ],
  test(entry, client) {
    const { uri } = entry;
    const { native } = client;
    if (uri.kind === "claimed-https" && !native && !isSameOrigin(entry, client)) {
      return {
        warning: say`The atproto profile wants redirects of web clients on the origin of \`client_id\`, ${client.authority?.slice(0, 60)}; its servers let others pass so far. Move it there.`,
      };
    }
    if (uri.kind === "claimed-https" && uri.parts.port === "443") {
      return say`The atproto profile does not allow the default port in a redirect URI. Leave \`:443\` out.`;
    }
    if (uri.kind === "http")
      return say`The atproto profile allows http only to the user's own machine. Use https.`;
    return uri.kind === "private-use" && !native
      ? say`Only native clients of the atproto profile have a scheme of their own. Use https, or set \`application_type\` to native.`
      : undefined;
  },
  fix: ({ uri }) =>
    uri.kind === "claimed-https" && uri.parts.port === "443"
      ? joinUri({ ...uri.parts, port: undefined })
      : undefined,
});

export const redirectNativeScheme = entryRule({
  id: "atproto/redirect-native-scheme",
  title: "An app's own scheme is the host of client_id, reversed",
  why: "So the scheme proves that the app belongs to the domain; one slash and a path follow it.",
  alsoIn: [rfc(8252, "7.1")],
  sameAs: [
    "redirect-uris/private-use-reverse-domain",
    "redirect-uris/private-use-not-owned",
    "redirect-uris/private-use-slashes",
    "redirect-uris/private-use-case",
  ],
  bad: [atprotoExample('"redirect_uris": [«"dev.acme:/callback"»], "application_type": "native"')],
  good: [atprotoExample('"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"')],
  test({ uri }, { native, host }) {
    if (uri.kind !== "private-use" || !native || !host) return undefined;
    const own = reversed(host);
    if (uri.parts.scheme === own && uri.parts.authority === undefined && uri.parts.path.startsWith("/"))
      return undefined;
    return say`The atproto profile requires the reversed host of \`client_id\`, one slash and a path. Write ${own.slice(0, 60)}:/callback.`;
  },
  fix: ({ uri }, { host }) =>
    host && uri.parts.path.startsWith("/") && uri.parts.path.length > 1
      ? joinUri({
          ...uri.parts,
          scheme: reversed(host),
          authority: undefined,
          host: undefined,
          port: undefined,
          userinfo: undefined,
        })
      : undefined,
});

export const redirectNativeHttps = entryRule({
  id: "atproto/redirect-native-https",
  title: "An app's https redirects are on the origin of client_id",
  why: "So nobody else's site can receive the code of the app.",
  sameAs: ["redirect-uris/cross-site"],
  bad: [
    atprotoExample('"redirect_uris": [«"https://links.acme.dev/callback"»], "application_type": "native"'),
  ],
  good: [atprotoExample('"redirect_uris": ["https://app.acme.dev/callback"], "application_type": "native"')],
  test: (entry, client) =>
    client.native && entry.uri.kind === "claimed-https" && !isSameOrigin(entry, client)
      ? say`The atproto profile wants https redirects of native clients on the origin of \`client_id\`, ${client.authority?.slice(0, 60)}. Move it there.`
      : undefined,
});

export const redirectLoopback = entryRule({
  id: "atproto/redirect-loopback",
  title: "Loopback redirects are for native clients and name the address",
  why: "localhost may mean another machine; the profile knows 127.0.0.1 and [::1], and those for native clients.",
  alsoIn: [rfc(8252, "8.3")],
  sameAs: [
    "redirect-uris/localhost-name",
    "redirect-uris/https-loopback",
    "redirect-uris/loopback-nonstandard",
    "redirect-uris/portless-loopback",
    "application-type/web-loopback",
  ],
  bad: [
    atprotoExample('"redirect_uris": [«"http://localhost/callback"»], "application_type": "native"'),
    atprotoExample('"redirect_uris": [«"http://127.0.0.1/callback"»], "application_type": "web"'),
  ],
  good: [atprotoExample('"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"')],
  test({ uri }, { native }) {
    if (uri.kind !== "loopback" && uri.kind !== "loopback-https") return undefined;
    if (!native)
      return say`In the atproto profile only native clients are sent back to the user's own machine. Delete this entry from the file you deploy, or set \`application_type\` to native and use 127.0.0.1.`;
    const host = uri.parts.host;
    return host === "127.0.0.1" || host === "[::1]"
      ? undefined
      : say`The atproto profile allows the loopback addresses, not the name. Use 127.0.0.1 or [::1].`;
  },
  fix: ({ uri }, { native }) =>
    native ? joinUri({ ...uri.parts, scheme: "http", host: "127.0.0.1" }) : undefined,
  moreFixes(document, entry) {
    const { uri, node } = entry;
    const list = document.array("redirect_uris");
    const type = document.value("application_type");
    const client = clientOf(document);
    if (client.native || !list) return [];
    // The https redirects of a native client have to be on its own origin.
    const fitsNative = document.redirects.every(
      (other) => other.uri.kind !== "claimed-https" || isSameOrigin(other, client),
    );
    const become = type ? replaceNode(type, "native") : addMember(document, "application_type", "native");
    const address = uri.parts.host === "[::1]" ? "[::1]" : "127.0.0.1";
    const loopback = joinUri({ ...uri.parts, scheme: "http", host: address });
    return [
      ...(list.items.length > 1
        ? [
            {
              title: say`Delete it from the list`,
              edits: [removeItem(document, list.items, node)],
              preferred: true,
            },
          ]
        : []),
      ...(become && fitsNative
        ? [
            {
              title: say`Set application_type to native and use ${loopback}`,
              edits: [...(loopback === uri.raw ? [] : [replaceString(node, loopback)]), become],
            },
          ]
        : []),
    ];
  },
});
