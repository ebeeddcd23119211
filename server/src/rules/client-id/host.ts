import { say } from "../../localisation/say.js";
import { atproto, cimd, rfc } from "../../specifications/sources.js";
import { hostKind, isAddress, servesPlainText } from "../../uri/host.js";
import { hostRange, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import { defineRule, type Rule } from "../rule.js";
import { clientIdRule, isAtprotoLoopback } from "./clientIdRule.js";

/** Hosts that only redirect (CIMD draft-02 §3 names shorteners as unsuitable). */
const SHORTENERS: ReadonlySet<string> = new Set([
  "bit.ly",
  "t.co",
  "tinyurl.com",
  "goo.gl",
  "is.gd",
  "ow.ly",
  "buff.ly",
  "rebrand.ly",
  "cutt.ly",
  "t.ly",
]);

/** Pages that show a file instead of serving it: host, and a pattern of the path. */
const VIEWERS: readonly { readonly host: RegExp; readonly path: RegExp; readonly what: () => string }[] = [
  {
    host: /^(?:www\.)?github\.com$/,
    path: /^\/[^/]+\/[^/]+\/(?:blob|raw|tree)\//,
    what: () => say`GitHub's page of the file`,
  },
  { host: /^gist\.github\.com$/, path: /^/, what: () => say`a Gist page` },
  {
    host: /^(?:www\.)?gitlab\.com$/,
    path: /\/-\/(?:blob|raw|tree)\//,
    what: () => say`GitLab's page of the file`,
  },
  { host: /^(?:drive|docs)\.google\.com$/, path: /^/, what: () => say`a Google Drive page` },
  { host: /^(?:www\.)?dropbox\.com$/, path: /^/, what: () => say`a Dropbox page` },
  { host: /^pastebin\.com$/, path: /^\/(?!raw\/)/, what: () => say`a Pastebin page` },
];

/** Suffixes under which people who do not know each other get names, and whether the name is short-lived. */
const SHARED: readonly { readonly suffix: string; readonly tunnel: boolean }[] = [
  ...[
    "github.io",
    "gitlab.io",
    "vercel.app",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "web.app",
    "firebaseapp.com",
    "onrender.com",
    "fly.dev",
    "herokuapp.com",
    "azurewebsites.net",
    "azurestaticapps.net",
    "cloudfront.net",
    "amazonaws.com",
    "surge.sh",
    "glitch.me",
    "replit.app",
    "repl.co",
    "deno.dev",
    "up.railway.app",
    "lovable.app",
  ].map((suffix) => ({ suffix, tunnel: false })),
  ...[
    "ngrok.io",
    "ngrok.app",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.dev",
    "trycloudflare.com",
    "loca.lt",
    "lhr.life",
    "serveo.net",
    "devtunnels.ms",
    "tunnelmole.net",
    "localhost.run",
  ].map((suffix) => ({ suffix, tunnel: true })),
];

const INSTANCE =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![^/])[^/](?:(?!@|%40)[^/])*(?:@|%40)[^/]+\.[a-z]{2,}|(?:^|[/_-])1[5-9]\d{8}(?:\d{3})?(?=[/._-]|$)/i;

/** Told by servers that look the host up, or check that they could. */
const hostName = defineRule({
  id: "client-id/host-name",
  severity: "information",
  title: "The host of client_id is a name that DNS can have",
  why: "Some libraries look up only names of ASCII letters, digits, hyphens and dots, and refuse any other before they ask.",
  sources: [rfc(1123, "2.1")],
  sameAs: ["client-id/illegal-character", "client-id/non-ascii", "client-id/idn"],
  portability: {
    message: "Some servers cannot look up this host name. Use one of letters, digits, hyphens and dots.",
  },
  bad: ['"client_id": «"https://app_x.acme.dev/oauth/client"»'],
  good: ['"client_id": "https://app-x.acme.dev/oauth/client"'],
});

/** Rules about where the client identifier URL points. */
export const hostRules: readonly Rule[] = [
  hostName,
  clientIdRule({
    id: "client-id/special-use-host",
    severity: "error",
    title: "client_id is on a public host",
    why: "Servers must not fetch from loopback, private or other special-use addresses: such an address is theirs, not yours.",
    sources: [cimd("8.6"), rfc(6890, "2.2.2")],
    bad: [
      '"client_id": "https://«localhost»/oauth/client"',
      '"client_id": "https://«127.0.0.1»/oauth/client"',
      '"client_id": "https://«0x7f.1»/oauth/client"',
      '"client_id": "https://«[::1]»/oauth/client"',
      '"client_id": "https://«10.1.2.3»/oauth/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const kind = hostKind(parts.host ?? "");
      if (kind !== "special-use-address" && kind !== "localhost") return undefined;
      return {
        ...hostRange(parts),
        message: isAtprotoLoopback(parts)
          ? say`The \`http://localhost\` client of atproto has no document of its own, and other servers refuse it (CIMD draft-02 §8.6). Delete the file and use http://localhost?redirect_uri=…&scope=…, or deploy it to a public https host.`
          : say`Servers must not fetch from this host, which is their own machine or network (CIMD draft-02 §8.6). Deploy the file to a public host; a CIMD service or a tunnel helps while developing.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/ip-literal",
    severity: "warning",
    title: "client_id names a domain",
    why: "An IP address says nothing to a person who consents, certificates for it are rare, and atproto servers refuse it.",
    sources: [cimd("8.5"), atproto],
    bad: [
      '"client_id": "https://«93.184.215.14»/oauth/client"',
      '"client_id": "https://«[2606:2800:21f:cb07:6820:80da:af6b:8b2c]»/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const host = parts.host ?? "";
      if (!isAddress(host) || hostKind(host) === "special-use-address") return undefined;
      return {
        ...hostRange(parts),
        message: say`An IP address identifies nobody on a consent screen, and some servers refuse it. Use a domain name.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/non-public-host",
    severity: "warning",
    title: "client_id is on a host that public DNS knows",
    why: "Names with one label and names under .local, .internal or .test exist only inside a network; servers outside cannot fetch them.",
    sources: [rfc(6761, "6"), cimd("8.6")],
    bad: [
      '"client_id": "https://«intranet»/oauth/client"',
      '"client_id": "https://«app.acme.local»/oauth/client"',
      '"client_id": "https://«app.test»/oauth/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      if (hostKind(parts.host ?? "") !== "non-public-name" || holdsPlaceholder(parts.host ?? ""))
        return undefined;
      // Documentation names have `document/placeholder`.
      if (/(?:^|\.)example$/i.test(parts.host ?? "")) return undefined;
      return {
        ...hostRange(parts),
        message: say`Public DNS does not know this name (RFC 6761), so servers on the internet cannot fetch the document. Use a public name.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/url-shortener",
    severity: "warning",
    title: "client_id is not a short link",
    why: "Short links answer with a redirect, and servers do not follow redirects.",
    sources: [cimd("3"), cimd("5")],
    bad: ['"client_id": "https://«bit.ly»/acme-client", "redirect_uris": ["https://bit.ly/callback"]'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      if (!SHORTENERS.has(parts.host?.toLowerCase() ?? "")) return undefined;
      return {
        ...hostRange(parts),
        message: say`A short link redirects, and servers do not follow redirects (CIMD draft-02 §3, §5). Use the address it leads to.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/raw-host",
    severity: "warning",
    title: "client_id is on a host that serves JSON",
    why: "Code hosts and drives answer with an HTML page, a redirect or plain text; a server needs 200 and JSON.",
    sources: [cimd("4"), cimd("5")],
    bad: [
      '"client_id": «"https://github.com/acme/app/blob/main/client.json"», "redirect_uris": ["https://github.com/callback"]',
      '"client_id": "https://«raw.githubusercontent.com»/acme/app/main/client.json", "redirect_uris": ["https://raw.githubusercontent.com/callback"]',
    ],
    good: [
      '"client_id": "https://github.com/acme/client.json", "redirect_uris": ["https://github.com/callback"]',
    ],
    test({ parts }) {
      if (servesPlainText(parts.host ?? ""))
        return {
          ...hostRange(parts),
          message: say`GitHub serves this file as text/plain, and servers that insist on JSON refuse it. Serve it from GitHub Pages or another web host.`,
        };
      const viewer = VIEWERS.find(
        ({ host, path }) => host.test(parts.host?.toLowerCase() ?? "") && path.test(parts.path),
      );
      return (
        viewer && {
          message: say`This is ${viewer.what()}, which answers with HTML or a redirect instead of the JSON (CIMD draft-02 §4). Serve the file from a web host.`,
        }
      );
    },
  }),
  clientIdRule({
    id: "client-id/user-generated-host",
    severity: "hint",
    title: "client_id is on a domain of your own",
    why: "Whoever controls the URL is the client. A name under a shared host can be given to somebody else once you let it go.",
    sources: [cimd("8.3")],
    bad: [
      '"client_id": "https://«acme.github.io»/client", "redirect_uris": ["https://acme.github.io/callback"]',
      '"client_id": "https://«a1b2.ngrok-free.app»/client", "redirect_uris": ["https://a1b2.ngrok-free.app/callback"]',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const host = parts.host?.toLowerCase() ?? "";
      const shared = SHARED.find(({ suffix }) => host.endsWith(`.${suffix}`));
      if (!shared) return undefined;
      return shared.tunnel
        ? {
            ...hostRange(parts),
            severity: "warning",
            message: say`A tunnel's name changes or goes to somebody else, and with it the client's identity (CIMD draft-02 §8.3). Use it for tests only.`,
          }
        : {
            ...hostRange(parts),
            message: say`The client's identity is only as lasting as this name under ${shared.suffix} (CIMD draft-02 §8.3). A domain of your own stays yours.`,
          };
    },
  }),
  clientIdRule({
    id: "client-id/instance-specific",
    severity: "warning",
    title: "client_id is the same for every copy of the software",
    why: "The URL names the software. One with a user id, a UUID or a timestamp makes every copy a client that nobody has seen before.",
    sources: [cimd("8.3")],
    bad: [
      '"client_id": "https://app.acme.dev/clients/«6f9619ff-8b86-4011-b42d-00cf4fc964ff»"',
      '"client_id": "https://app.acme.dev/clients/«ann@acme.dev»"',
    ],
    good: ['"client_id": "https://app.acme.dev/@acme/client"'],
    test({ parts }) {
      const found = INSTANCE.exec(parts.path);
      if (!found) return undefined;
      const start = offsetOf("path", parts) + found.index;
      return {
        start,
        end: start + found[0].length,
        message: say`This looks like one user's or one installation's URL, and a client identifier names the software. Use one stable URL for all copies.`,
      };
    },
  }),
];
