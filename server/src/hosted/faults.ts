import { clip } from "../document/valueText.js";
import { enumerate } from "../localisation/enumerate.js";
import { say } from "../localisation/say.js";
import { onADesktop } from "./browserView.js";
import type { FetchFault, FetchFaultCode, FetchStage, FetchTrail } from "./fetcher.js";

/** What a person is told about a failed exchange. */
export interface FaultText {
  readonly sentence: string;
  readonly fix?: string;
}

interface FaultContext {
  readonly trail: FetchTrail;
  readonly detail: string;
  /** The host of the URL, for people. */
  readonly host: string;
  /** `host:port`. */
  readonly authority: string;
  readonly seconds: (stage: FetchStage) => string;
}

/**
 * Says in one sentence what ended an exchange, and in one what to do about it.
 *
 * @param trail with its fault
 */
export function describeFault(fault: FetchFault, trail: FetchTrail): FaultText {
  const url = URL.parse(trail.url);
  const host = clip(url?.hostname ?? trail.url);
  const context: FaultContext = {
    trail,
    detail: clip(fault.detail ?? ""),
    host,
    authority: url ? `${host}:${url.port || (url.protocol === "https:" ? "443" : "80")}` : host,
    seconds: (stage) => secondsText(trail.durations[stage] ?? 0),
  };
  if (fault.code === "timeout") return describeTimeout(fault.stage, context);
  return TEXTS[fault.code](context);
}

const TEXTS: Readonly<Record<Exclude<FetchFaultCode, "timeout">, (context: FaultContext) => FaultText>> = {
  cancelled: () => ({ sentence: say`The check was cancelled.` }),
  offline: ({ host }) => ({
    sentence: say`This machine seems to be offline: ${host} could not be looked up or reached.`,
    fix: say`Connect to the network, or set the proxy that leads out of it, and run the check again.`,
  }),

  "not-a-url": ({ host }) => ({
    sentence: say`"${host}" is not an absolute URL.`,
    fix: say`Give the whole URL, starting with https://.`,
  }),
  "not-https": ({ detail }) => ({
    sentence: say`Client metadata documents are fetched over https only, and this URL starts with ${detail}:.`,
    fix: say`Serve the document over https and use that URL as client_id.`,
  }),
  userinfo: () => ({
    sentence: say`The URL holds a user name or password, which a client identifier URL must not.`,
    fix: say`Remove everything up to the @ and serve the document without a login.`,
  }),
  "port-zero": () => ({
    sentence: say`The URL names port 0, to which nothing can connect.`,
    fix: say`Leave the port out, or write the one the document is served on.`,
  }),

  "special-use-name": ({ detail }) => ({
    sentence: say`${detail} always means the machine that asks (RFC 6761), so authorization servers must not fetch from it and this check does not either.`,
    fix: publicUrl(),
  }),
  "non-public-name": ({ detail }) => ({
    sentence: say`${detail} is a name inside a network: public DNS has none like it, so authorization servers cannot fetch from it and this check does not either.`,
    fix: publicUrl(),
  }),
  "special-use-address": ({ host, detail, trail }) => ({
    sentence:
      trail.addresses?.resolvedBy === "literal"
        ? say`${detail}, which is not on the public internet, so authorization servers must not fetch from it and this check does not either.`
        : say`${host} resolves to an address that authorization servers must not connect to: ${detail}.`,
    fix:
      trail.addresses?.resolvedBy === "literal"
        ? publicUrl()
        : `${say`Let every A and AAAA record of the name point to a public address; one that does not is enough to be refused.`} ${allowPrivate()}`,
  }),
  "name-not-found": ({ host }) => ({
    sentence: say`The name ${host} does not exist in the DNS.`,
    fix: say`Check the spelling, or add an A or AAAA record; new records can take some minutes to be seen.`,
  }),
  "name-lookup-failed": ({ host, detail }) => ({
    sentence: say`Looking up ${host} failed (${detail}).`,
    fix: say`Check the zone's name servers; authorization servers would meet the same failure.`,
  }),

  "connection-refused": ({ authority }) => ({
    sentence: say`${authority} refused the connection: nothing listens there.`,
    fix: say`Start the web server, or correct the port.`,
  }),
  "connection-reset": ({ authority }) => ({
    sentence: say`${authority} dropped the connection before TLS began.`,
    fix: say`Look for a firewall or a load balancer without a healthy backend.`,
  }),
  unreachable: ({ host, detail }) =>
    detail === "IPv6"
      ? {
          sentence: say`${host} has only IPv6 addresses and there is no IPv6 route from here, as in every network that has only IPv4.`,
          fix: say`Add an A record with an IPv4 address.`,
        }
      : {
          sentence: say`There is no route to ${host}.`,
          fix: say`Check the address records, and that the host is reachable from the public internet.`,
        },
  "connection-failed": ({ authority, detail }) => ({
    sentence: say`The connection to ${authority} failed (${detail}).`,
    fix: say`Check that the host is reachable from the public internet.`,
  }),
  "proxy-unusable": ({ detail }) => ({
    sentence: detail
      ? say`The configured proxy is not an http or https proxy (${detail}), so nothing was fetched.`
      : say`The configured proxy is not an http or https proxy, so nothing was fetched.`,
    fix: say`Correct the proxy setting, or list the host among those that need no proxy.`,
  }),
  "proxy-unreachable": ({ detail }) => ({
    sentence: say`The configured proxy cannot be reached: ${detail}.`,
    fix: say`Correct the proxy setting, or list the host among those that need no proxy.`,
  }),
  "proxy-authentication": ({ trail }) => ({
    sentence: say`The proxy ${trail.proxy} wants a user name and password (407).`,
    fix: say`Put them into the proxy setting: http://user:password@proxy.example:3128.`,
  }),
  "proxy-refused": ({ trail, authority, detail }) => ({
    sentence: say`The proxy ${trail.proxy} refused a tunnel to ${authority} (${detail}).`,
    fix: say`Ask its administrator to allow the host, or run the check from another network.`,
  }),
  "proxy-tls": ({ trail, detail }) => ({
    sentence: say`The certificate of the proxy ${trail.proxy} is not trusted: ${shortReason(detail)}.`,
    fix: say`Add the proxy's authority to this machine's certificate store; http.proxyStrictSSL relaxes this check for the proxy alone.`,
  }),

  "certificate-expired": ({ trail }) => {
    const expired = trail.certificates?.find(({ validTo }) => validTo.getTime() < Date.now());
    const own = expired === trail.certificates?.[0];
    return {
      sentence: !expired
        ? say`A certificate of the server has expired, so clients end the connection.`
        : own
          ? say`The certificate of "${expired.subject}" expired on ${day(expired.validTo)}, so clients end the connection.`
          : say`The intermediate certificate of "${expired.subject}" expired on ${day(expired.validTo)}, so clients end the connection.`,
      fix: own
        ? say`Renew the certificate and reload the web server.`
        : say`Install the current chain of your authority and reload the web server.`,
    };
  },
  "certificate-not-yet-valid": ({ trail }) => {
    const early = trail.certificates?.find(({ validFrom }) => validFrom.getTime() > Date.now());
    return {
      sentence: early
        ? say`The certificate of "${early.subject}" is not valid before ${day(early.validFrom)}.`
        : say`A certificate of the server is not valid yet.`,
      fix: say`Check the clocks of this machine and of the one that issued the certificate, or issue it again.`,
    };
  },
  "certificate-wrong-host": ({ trail, host }) => ({
    sentence: say`The certificate is not for ${host}; it names ${namesOf(trail)}.`,
    fix: say`Issue a certificate that lists ${host}, or serve the document under a name it lists.`,
  }),
  "certificate-without-names": ({ trail, host }) => ({
    sentence: say`The certificate of "${trail.certificates?.[0]?.subject ?? host}" lists no host in its subjectAltName, and clients do not look at the common name (RFC 9525).`,
    fix: say`Issue a certificate that lists ${host} as a subjectAltName.`,
  }),
  "certificate-self-signed": ({ host }) => ({
    sentence: say`${host} shows a self-signed certificate, which TLS clients do not trust.`,
    fix: say`Use a certificate of a public authority, such as Let's Encrypt.`,
  }),
  "certificate-chain-incomplete": ({ trail }) => ({
    sentence: say`The server sends its own certificate without the one that signed it ("${trail.certificates?.[0]?.issuer ?? "unknown"}"), so the chain cannot be verified.`,
    fix: say`Configure the full chain, fullchain.pem instead of cert.pem; if you issued the certificate yourself, use one of a public authority.`,
  }),
  "certificate-unknown-authority": ({ trail }) => ({
    sentence: say`The certificate chain ends at "${trail.certificates?.at(-1)?.issuer ?? say`an unknown authority`}", an authority that public servers do not trust.`,
    fix: say`Use a certificate of a public authority, such as Let's Encrypt.`,
  }),
  "certificate-wrong-purpose": () => ({
    sentence: say`The certificate was not issued for web servers (its extended key usage lacks serverAuth).`,
    fix: say`Issue a server certificate.`,
  }),
  "certificate-weak": ({ detail }) => ({
    sentence: say`The certificate uses a key or hash that is too weak to be accepted (${shortReason(detail)}).`,
    fix: say`Issue a certificate with an RSA key of 2048 bits or more, or an EC key, and a SHA-2 signature.`,
  }),
  "certificate-invalid": ({ detail }) => ({
    sentence: say`The certificate chain is not valid: ${shortReason(detail)}.`,
    fix: say`Issue the certificate again and install the full chain.`,
  }),
  "client-certificate-required": ({ host }) => ({
    sentence: say`${host} asks for a client certificate, and a server that fetches the document has none to show.`,
    fix: say`Serve the document's path without client authentication.`,
  }),
  "protocol-too-old": ({ host }) => ({
    sentence: say`${host} speaks only TLS versions older than 1.2, which current clients refuse.`,
    fix: say`Turn on TLS 1.2 and 1.3.`,
  }),
  "handshake-refused": ({ host }) => ({
    sentence: say`${host} refused the TLS handshake of a current client: it has no cipher or no certificate to offer, or wants a client certificate.`,
    fix: say`Use your web server's default ciphers and a certificate for this name, and ask for no client certificate.`,
  }),
  "no-http-1": ({ host }) => ({
    sentence: say`${host} does not offer HTTP/1.1, the only version that many HTTP clients of servers speak.`,
    fix: say`Offer http/1.1 beside h2 in ALPN.`,
  }),
  "name-unknown-to-server": ({ host }) => ({
    sentence: say`The server does not know the name ${host} (TLS alert instead of a certificate).`,
    fix: say`Add the name to the web server or to your hosting's custom domains, and wait for its certificate.`,
  }),
  "not-tls": ({ authority }) => ({
    sentence: say`${authority} does not speak TLS: something else answers on this port.`,
    fix: say`Serve https there, or correct the port.`,
  }),
  "tls-closed": ({ authority }) => ({
    sentence: say`${authority} closed the connection during the TLS handshake.`,
    fix: say`Check that a certificate is configured for this name, and look into the web server's error log.`,
  }),
  "tls-failed": ({ authority, detail }) => ({
    sentence: say`The TLS handshake with ${authority} failed (${shortReason(detail)}).`,
    fix: say`Look into the web server's error log.`,
  }),

  "closed-before-answer": ({ authority }) => ({
    sentence: say`${authority} accepted the request and closed the connection without a complete answer.`,
    fix: say`Look into the web server's error log; a crashed backend or a firewall does this.`,
  }),
  "headers-too-large": () => ({
    sentence: say`The response headers are larger than 16 KiB, more than HTTP clients accept.`,
    fix: say`Remove headers; cookies and content security policies are the usual reason.`,
  }),
  "not-http": ({ detail }) => ({
    sentence: say`The answer is not valid HTTP/1.1 (${detail}).`,
    fix: say`Let a standard web server serve the file.`,
  }),
  "switching-protocols": () => ({
    sentence: say`The server answered a plain GET with 101 Switching Protocols.`,
    fix: say`Serve the document as a plain file.`,
  }),
  "not-visible": ({ host }) => ({
    sentence: say`This browser does not show what ${host} answers, or whether it answers: a page may only read answers that allow it (CORS), and a host that cannot be reached looks the same. Authorization servers do not need CORS.`,
    fix: onADesktop(),
  }),
  "redirect-not-visible": () => ({
    sentence: say`The URL answers with a redirect, and authorization servers must not follow redirects. A browser does not show where it leads.`,
    fix: say`Serve the document at this URL with status 200.`,
  }),

  "body-cut-off": ({ trail }) => ({
    sentence: announced(trail),
    fix: say`Send the Content-Length of what is really sent; look for a proxy that truncates or a file that was replaced while it was served.`,
  }),
  "body-malformed": ({ detail }) => ({
    sentence: say`The body's chunked transfer coding is broken (${detail}).`,
    fix: say`Let a standard web server serve the file.`,
  }),
  "content-coding-unknown": ({ detail }) => ({
    sentence: say`The body is encoded as "${detail}", which was not asked for and which servers cannot read.`,
    fix: say`Send the document uncompressed, or as gzip when Accept-Encoding lists it.`,
  }),
  "content-coding-broken": ({ detail }) => ({
    sentence: say`The header says Content-Encoding: ${detail}, and the body is not valid ${detail}.`,
    fix: say`Send the document uncompressed, or remove the header when the file is not compressed.`,
  }),
  "exchange-failed": ({ detail }) => ({
    sentence: say`The exchange failed: ${detail}.`,
    fix: say`Run the check again; if it stays, look into the web server's error log.`,
  }),
};

function publicUrl(): string {
  return `${say`Deploy the document to a public https URL.`} ${allowPrivate()}`;
}

/** How to look at a server in one's own network, which no authorization server does. */
function allowPrivate(): string {
  return say`To check one in your own network all the same, turn on the setting cimd.hosted.allowPrivateNetwork (cimd validate: --allow-private-network).`;
}

function describeTimeout(stage: FetchStage, context: FaultContext): FaultText {
  const { host, authority, seconds } = context;
  const after = seconds(stage);
  const { proxy } = context.trail;
  if (stage === "connection" && proxy !== undefined) {
    return {
      sentence: say`The proxy ${proxy} did not open a tunnel to ${authority} within ${after}.`,
      fix: say`Correct the proxy setting, or list the host among those that need no proxy.`,
    };
  }
  switch (stage) {
    case "addresses":
      return {
        sentence: say`Looking up ${host} took longer than ${after}.`,
        fix: say`Check the zone's name servers, and the network of this machine.`,
      };
    case "connection":
      return {
        sentence: say`${authority} did not answer a connection attempt within ${after}.`,
        fix: say`Check that the port is open to the public internet.`,
      };
    case "tls":
      return {
        sentence: say`${authority} accepted the connection and then did not finish the TLS handshake within ${after}.`,
        fix: say`Check that https is served on this port.`,
      };
    case "response":
      return {
        sentence: say`${host} accepted the request and sent no complete response headers within ${after}.`,
        fix: say`Serve the document as a static file: the known authorization servers wait between 2.5 and 10 seconds.`,
      };
    default:
      return {
        sentence: say`${host} sent headers and did not finish the body within ${after}.`,
        fix: say`Serve the document as a static file with a Content-Length, and end the answer after it.`,
      };
  }
}

/** `10 s`, `1.5 s` */
function secondsText(ms: number): string {
  return `${ms < 5000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;
}

function announced({ response }: FetchTrail): string {
  const length = response?.headers.get("content-length")?.[0];
  return length === undefined
    ? say`The connection ended in the middle of the body.`
    : say`The connection ended in the middle of the body, before the ${length} bytes that Content-Length announced.`;
}

function namesOf({ certificates }: FetchTrail): string {
  return enumerate(certificates?.[0]?.names ?? [], 4, 4);
}

/** OpenSSL's words without its file names and numbers, and without Node's hints about its own options. */
function shortReason(detail: string): string {
  return /:([^:]+):[^:]*\.c:\d+/.exec(detail)?.[1] ?? detail.replace(/;.*/s, "").trim();
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? say`an unknown day` : date.toISOString().slice(0, 10);
}
