import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { cimd, oidcRegistration, rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { splitUri, type UriParts } from "../../uri/splitUri.js";
import { hostRange, joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { replaceString } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Rule } from "../rule.js";

interface Found {
  readonly message: string;
  readonly severity?: Severity;
  /** Offsets into the raw URL; without them the whole value. */
  readonly start?: number;
  readonly end?: number;
}

interface JwksUriRule
  extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "portability" | "comparedWith"> {
  /** Values with the marks of the finding. */
  readonly bad: readonly [string, ...string[]];
  readonly test?: (parts: UriParts, raw: string, document: ClientMetadataDocument) => Found | undefined;
  readonly fix?: (parts: UriParts) => { readonly title: string; readonly uri: string } | undefined;
}

const METHOD = '"token_endpoint_auth_method": "private_key_jwt"';

function quoted(value: string): string {
  return value.startsWith("«") && value.endsWith("»") ? `«"${value.slice(1, -1)}"»` : `"${value}"`;
}

function jwksUriRule({ bad, test, fix, ...meta }: JwksUriRule): Rule {
  return defineRule({
    ...meta,
    bad: bad.map((value) => `${METHOD}, "jwks_uri": ${quoted(value)}`) as unknown as [string, ...string[]],
    good: [`${METHOD}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
    ...(test
      ? {
          check(document, report) {
            const node = document.string("jwks_uri");
            if (!node || node.value === "" || node.value.trim() !== node.value) return;
            const found = test(splitUri(node.value), node.value, document);
            if (!found) return;
            const { message, severity, start, end } = found;
            report({
              at: start === undefined ? node : rangeInString(node, start, end ?? node.value.length),
              pointer: "/jwks_uri",
              message,
              ...(severity ? { severity } : {}),
            });
          },
        }
      : {}),
    ...(fix
      ? {
          fix(document) {
            const node = document.string("jwks_uri");
            const corrected = node && fix(splitUri(node.value));
            return corrected
              ? [{ title: corrected.title, edits: [replaceString(node, corrected.uri)], preferred: true }]
              : [];
          },
        }
      : {}),
  });
}

function isHttp({ scheme, host }: UriParts): boolean {
  return (scheme?.toLowerCase() === "https" || scheme?.toLowerCase() === "http") && (host ?? "") !== "";
}

export const https = jwksUriRule({
  id: "jwks-uri/https",
  severity: "error",
  title: "jwks_uri is an https URL",
  why: "Whoever can change the keys on their way can act as the client; only TLS keeps them out.",
  sources: [oidcRegistration("2", "ClientMetadata"), rfc(7591, "2")],
  bad: ["«http»://app.acme.dev/jwks.json", "«/jwks.json»", "«file:///jwks.json»"],
  test(parts, raw) {
    if (holdsPlaceholder(raw)) return undefined;
    if (!isHttp(parts))
      return {
        message: say`\`jwks_uri\` must be an absolute https URL (OpenID Connect Registration §2). Write scheme, host and path.`,
      };
    return parts.scheme?.toLowerCase() === "http"
      ? {
          start: 0,
          end: 4,
          message: say`\`jwks_uri\` must be https, or the keys can be swapped on their way (OpenID Connect Registration §2). Use https.`,
        }
      : undefined;
  },
  fix: (parts) =>
    isHttp(parts) ? { title: say`Use https`, uri: joinUri({ ...parts, scheme: "https" }) } : undefined,
});

const userinfo = jwksUriRule({
  id: "jwks-uri/userinfo",
  severity: "error",
  title: "jwks_uri has no user name or password",
  why: "The document is public, and with it the password; servers refuse such a URL.",
  sources: [rfc(9110, "4.2.4"), rfc(3986, "3.2.1")],
  bad: ["https://«user:pw@»app.acme.dev/jwks.json"],
  test(parts) {
    if (parts.userinfo === undefined || !isHttp(parts)) return undefined;
    const start = offsetOf("authority", parts);
    return {
      start,
      end: start + parts.userinfo.length + 1,
      message: say`Credentials in \`jwks_uri\` are published with the document and must not be sent in a URL (RFC 9110 §4.2.4). Delete everything up to the \`@\`.`,
    };
  },
  fix: (parts) => ({
    title: say`Delete the credentials`,
    uri: joinUri({ ...parts, userinfo: undefined }),
  }),
});

const fragment = jwksUriRule({
  id: "jwks-uri/fragment",
  severity: "warning",
  title: "jwks_uri has no fragment",
  why: "A fragment is never sent, so it cannot select anything; some servers refuse the document for it.",
  sources: [rfc(9110, "4.2.5"), rfc(3986, "3.5")],
  bad: ["https://app.acme.dev/jwks.json«#keys»"],
  test: (parts, raw) =>
    parts.fragment !== undefined && isHttp(parts)
      ? {
          start: raw.indexOf("#"),
          end: raw.length,
          message: say`A fragment is never sent to the host (RFC 3986 §3.5), and some servers refuse it here. Delete the \`#\` and what follows.`,
        }
      : undefined,
  fix: (parts) => ({ title: say`Delete the fragment`, uri: joinUri({ ...parts, fragment: undefined }) }),
});

const specialUse = jwksUriRule({
  id: "jwks-uri/special-use",
  severity: "error",
  title: "jwks_uri is on a public host",
  why: "Servers must not fetch from loopback, private or other special-use addresses: such an address is theirs, not yours.",
  sources: [cimd("9.6"), rfc(6890, "2.2.2")],
  bad: [
    "https://«localhost:8443»/jwks.json",
    "https://«10.0.0.5»/jwks.json",
    "https://«keys.acme.local»/jwks.json",
  ],
  test(parts) {
    const kind = isHttp(parts) ? hostKind(parts.host ?? "") : undefined;
    const nameOnly = kind === "non-public-name";
    if (kind !== "special-use-address" && kind !== "localhost" && !nameOnly) return undefined;
    // Documentation names have `document/placeholder`.
    if (/(?:^|\.)example\.?$/i.test(parts.host ?? "")) return undefined;
    const { start, end } = hostRange(parts);
    return {
      start,
      end: parts.port === undefined ? end : end + 1 + parts.port.length,
      ...(nameOnly ? { severity: "warning" as const } : {}),
      message: nameOnly
        ? say`Public DNS does not know this host (RFC 6761), so servers on the internet cannot fetch the keys. Use a public name.`
        : say`Servers must not fetch from this host, which is their own machine or network (CIMD draft-03 §9.6). Publish the keys on a public host.`,
    };
  },
});

const sameOrigin = jwksUriRule({
  id: "jwks-uri/same-origin",
  comparedWith: "/client_id",
  severity: "information",
  title: "jwks_uri is on the origin of client_id",
  why: "Some servers accept keys only from where the document itself comes from.",
  sources: [cimd("9.2")],
  portability: { message: "Some servers require the keys on the origin of `client_id`. Host them there." },
  bad: ["«https://keys.acme.dev/jwks.json»"],
});

const looksLikeDiscovery = jwksUriRule({
  id: "jwks-uri/looks-like-discovery",
  severity: "warning",
  title: "jwks_uri leads to keys, not to server metadata",
  why: "The metadata of a server is no key set, even when it names one.",
  sources: [rfc(7517, "5"), rfc(8414, "3")],
  bad: ["https://app.acme.dev«/.well-known/openid-configuration»"],
  test(parts) {
    if (
      !/\/\.well-known\/(?:openid-configuration|oauth-authorization-server|oauth-protected-resource)/.test(
        parts.path,
      )
    )
      return undefined;
    const start = offsetOf("path", parts);
    return {
      start,
      end: start + parts.path.length,
      message: say`This is the address of a server's metadata, which is no key set (RFC 8414 §3). Use the address that its own \`jwks_uri\` names, if the keys are the client's.`,
    };
  },
});

const isClientId = jwksUriRule({
  id: "jwks-uri/is-client-id",
  severity: "error",
  title: "jwks_uri is not this document",
  why: "One URL answers with one thing: the document cannot be a key set too, because it would need a member keys.",
  sources: [rfc(7517, "5"), cimd("4")],
  bad: ["«https://app.acme.dev/oauth/client»"],
  test: (_parts, raw, document) =>
    raw === document.string("client_id")?.value && !document.has("keys")
      ? {
          message: say`This is the address of the document itself, which is no JWK Set (RFC 7517 §5). Publish the keys at an address of their own.`,
        }
      : undefined,
});

/** Rules about `jwks_uri`, the address of the client's public keys. */
export const jwksUriRules: readonly Rule[] = [
  https,
  userinfo,
  fragment,
  specialUse,
  sameOrigin,
  looksLikeDiscovery,
  isClientId,
];
