import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { clip } from "../../document/valueText.js";
import { say, sayParts } from "../../localisation/say.js";
import { classifyRedirectUri, type RedirectKind } from "../../redirects/classify.js";
import { siteOf } from "../../uri/site.js";
import { spellOut, suspects } from "./characters.js";
import type { Inline, TrustFact } from "./consentView.js";
import { shownHost, unicodeForm } from "./hosts.js";
import type { ConsentRequest } from "./request.js";
import { inlines, plain, strong, untrusted } from "./text.js";

/**
 * What a careful person would check before allowing access, from the document alone.
 *
 * Rests on: CIMD draft-03 §9.5 (show the host of `client_id`), §9.8 and §10.2 (logos), §9.9 (clients seen for the
 * first time); MCP 2026-07-28 "Security Considerations" (show the redirect host, warn for localhost-only clients);
 * RFC 7591 §5 (metadata is self-asserted).
 */
export function trustFacts(document: ClientMetadataDocument, request: ConsentRequest): TrustFact[] {
  const clientHost = shownHost(document.url ?? "");
  return [
    domain(clientHost, document.clientId?.scheme?.toLowerCase()),
    destination(request, clientHost),
    ...loopbackOnly(document),
    ...disguises(document, clientHost),
    ...otherHosts(document, clientHost),
    firstSeen(clientHost),
  ];
}

function domain(host: string | undefined, scheme: string | undefined): TrustFact {
  if (host === undefined) {
    return {
      id: "domain",
      tone: "bad",
      title: say`No domain to verify`,
      content: [plain(say`client_id is not a URL with a host, so no server can tell who is asking.`)],
    };
  }
  if (scheme !== "https") {
    return {
      id: "domain",
      tone: "bad",
      title: say`Nothing verifies the domain`,
      content: inlines(
        sayParts`${untrusted(host, "strong")} is in a client_id that is not https. Only a document fetched over https shows who controls the domain.`,
      ),
    };
  }
  const unicode = unicodeForm(host);
  const content = inlines(
    sayParts`${untrusted(host, "strong")} is the only thing here that a server can verify. Everything else is what the document says about itself.`,
  );
  if (unicode !== undefined) {
    content.push(
      plain(" "),
      ...inlines(sayParts`In Unicode it reads ${untrusted(unicode, "strong")}; servers show the ASCII form.`),
    );
  }
  return {
    id: "domain",
    tone: unicode === undefined ? "good" : "attention",
    title: say`Verified domain`,
    content,
  };
}

const DESTINATIONS: Record<RedirectKind, () => string> = {
  loopback: () => say`this computer, to whatever program listens on that port.`,
  "loopback-https": () => say`this computer, to whatever program listens on that port.`,
  "claimed-https": () => say`a website.`,
  http: () => say`a website without encryption: anyone on the way can read it.`,
  "private-use": () => say`whatever app on this device has registered the scheme; any app can.`,
  unsafe: () => say`a scheme that runs or reads something instead of calling back.`,
  urn: () => say`no address at all: a person would have to copy the code.`,
  relative: () => say`nowhere: the redirect URI has no scheme.`,
};

function destination({ redirectUri }: ConsentRequest, clientHost: string | undefined): TrustFact {
  if (redirectUri === undefined) {
    return {
      id: "destination",
      tone: "bad",
      title: say`Nowhere to send credentials`,
      content: [plain(say`redirect_uris has no entry that can be read.`)],
    };
  }
  const { kind, scheme } = classifyRedirectUri(redirectUri);
  const host = shownHost(redirectUri);
  const where = host === undefined ? `${scheme}:` : host;
  const content = inlines(
    sayParts`After “allow”, the authorization code goes to ${untrusted(where, "strong")}, ${DESTINATIONS[kind]()}`,
  );
  const foreign =
    kind === "claimed-https" &&
    host !== undefined &&
    clientHost !== undefined &&
    siteOf(host) !== siteOf(clientHost);
  if (foreign) content.push(plain(" "), plain(say`That is another domain than the verified one.`));
  const tone =
    kind === "claimed-https" ? (foreign ? "attention" : "good") : kind === "loopback" ? "neutral" : "bad";
  return {
    id: "destination",
    tone: kind === "private-use" || kind === "loopback-https" ? "attention" : tone,
    title: say`Where credentials go`,
    content,
  };
}

function loopbackOnly(document: ClientMetadataDocument): TrustFact[] {
  const kinds = document.redirects.map(({ uri }) => uri.kind);
  if (kinds.length === 0 || !kinds.every((kind) => kind === "loopback" || kind === "loopback-https"))
    return [];
  return [
    {
      id: "loopback-only",
      tone: "attention",
      title: say`Every redirect stays on this computer`,
      content: [
        plain(
          say`Any program here can present the same client_id and listen on the port, so the domain does not prove which program asks. The MCP specification wants servers to show the redirect host and to warn in this case.`,
        ),
      ],
    },
  ];
}

/** So many texts are spelled out; one is enough to make a person careful. */
const MAX_DISGUISES = 20;

function disguises(document: ClientMetadataDocument, clientHost: string | undefined): TrustFact[] {
  const facts: TrustFact[] = [];
  const name = document.string("client_name")?.value;
  for (const [what, text] of [
    ["client_name", name],
    [
      "client_id",
      clientHost === undefined ? undefined : (unicodeForm(clientHost) ?? document.string("client_id")?.value),
    ],
    ...document.redirects.map(({ index, node }) => [`redirect_uris[${index}]`, node.value] as const),
  ] as const) {
    if (text === undefined) continue;
    const found = suspects(text);
    if (found.length === 0) continue;
    if (facts.length === MAX_DISGUISES) break;
    facts.push({
      id: `characters-${what}`,
      tone: "bad",
      title: found.some(({ kind }) => kind !== "look-alike")
        ? say`Hidden characters in ${what}`
        : say`Look-alike letters in ${what}`,
      content: spellOut(clip(text)),
    });
  }
  const claimed = name === undefined ? undefined : hostIn(name);
  if (claimed !== undefined && clientHost !== undefined && siteOf(claimed) !== siteOf(clientHost)) {
    facts.push({
      id: "name-claims-host",
      tone: "bad",
      title: say`The name claims another domain`,
      content: inlines(
        sayParts`client_name contains ${untrusted(claimed, "strong")}, but the verified domain is ${untrusted(clientHost, "strong")}.`,
      ),
    });
  }
  return facts;
}

/** A domain name inside a text, as in "Sign in to example.com". */
function hostIn(text: string): string | undefined {
  return /(?:^|[\s/@(])((?:[a-z0-9-]+\.)+[a-z]{2,})(?:$|[\s/:)?#])/i.exec(text)?.[1]?.toLowerCase();
}

const LINK_MEMBERS = ["client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri"] as const;

function otherHosts(document: ClientMetadataDocument, clientHost: string | undefined): TrustFact[] {
  if (clientHost === undefined) return [];
  const site = siteOf(clientHost);
  const foreign = LINK_MEMBERS.flatMap((member) => {
    const value = document.string(member)?.value;
    const host = value === undefined ? undefined : shownHost(value);
    return host !== undefined && siteOf(host) !== site ? [{ member, host }] : [];
  });
  if (foreign.length === 0) return [];
  const places = foreign.flatMap(({ member, host }, at): Inline[] => [
    ...(at === 0 ? [] : [plain(", ")]),
    ...inlines(sayParts`${{ text: member, style: "code" as const }} on ${untrusted(host, "strong")}`),
  ]);
  const content = inlines(sayParts`${places}. The verified domain says nothing about them.`);
  return [{ id: "other-hosts", tone: "attention", title: say`Other domains in the document`, content }];
}

function firstSeen(host: string | undefined): TrustFact {
  const sameDomain = host === undefined ? plain(say`the same domain`) : strong(say`the same domain`);
  return {
    id: "first-seen",
    tone: "neutral",
    title: say`Unknown at first sight`,
    content: inlines(
      sayParts`A server that meets this URL for the first time knows nothing else about it, and may add a warning or wait for an administrator. A new URL, even on ${sameDomain}, is a new client to it.`,
    ),
  };
}
