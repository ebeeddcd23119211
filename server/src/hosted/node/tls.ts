import type { Socket } from "node:net";
import * as tls from "node:tls";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { messageOf } from "../../messageOf.js";
import { classifyHost } from "../addresses.js";
import type { CertificateFacts } from "../fetcher.js";
import { until } from "./connection.js";
import { codeOf, Fault } from "./fault.js";
import { tlsFault } from "./tlsFaults.js";
import type { Trail } from "./trail.js";

/** What public authorities issue at least (CA/Browser Forum Baseline Requirements §6.1.5). */
const SMALLEST_RSA_BITS = 2048;

/**
 * Shakes hands over an open connection. The server's certificate is verified whatever the environment says.
 *
 * @param authorities (PEM) to trust beside Mozilla's and this machine's
 */
export async function secure(
  raw: Socket,
  url: URL,
  { authorities, signal }: { authorities: readonly string[] | undefined; signal: AbortSignal },
  trail: Trail,
): Promise<Socket> {
  const host = classifyHost(url.hostname);
  const name = host.kind === "address" ? host.address.address : host.name;
  const socket = tls.connect({
    socket: raw,
    host: name,
    ...(host.kind === "address" ? {} : { servername: name }),
    ALPNProtocols: ["http/1.1"],
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    secureContext: trustedContext(authorities),
  });
  // `secure` comes before the verdict on the certificate, while the chain can still be read.
  socket.prependOnceListener("secure", () => {
    trail.certificates = readChain(socket);
  });
  try {
    await until(socket, "secureConnect", signal);
  } catch (error) {
    signal.throwIfAborted();
    throw handshakeFault(error, trail.certificates ?? []);
  }
  trail.certificates ??= readChain(socket);
  refuseWhatOthersRefuse(socket, trail.certificates);
  trail.tls = {
    protocol: socket.getProtocol() ?? "TLS",
    trust: isPubliclyTrusted(socket, authorities) ? "public" : "machine",
  };
  return socket;
}

/** Node is more lenient here than other clients. */
function refuseWhatOthersRefuse(socket: tls.TLSSocket, [own]: readonly CertificateFacts[]): void {
  if (own?.names.length === 0) throw new Fault("tls", "certificate-without-names");
  const { bits, modulus } = socket.getPeerCertificate();
  // OpenSSL's own limit depends on how Node was built.
  if (modulus !== undefined && bits !== undefined && bits < SMALLEST_RSA_BITS) {
    throw new Fault("tls", "certificate-weak", `RSA with ${bits} bits`);
  }
}

function handshakeFault(error: unknown, chain: readonly CertificateFacts[]): Fault {
  const code = codeOf(error);
  const message = messageOf(error);
  const named = tlsFault({ code, message, chainLength: chain.length });
  if (named === "certificate-wrong-host" && chain[0]?.names.length === 0)
    return new Fault("tls", "certificate-without-names");
  if (named) return new Fault("tls", named, message);
  if (code === "ECONNRESET" || code === "EPIPE") return new Fault("tls", "tls-closed");
  return new Fault("tls", "tls-failed", message);
}

/** Mozilla's list as Node ships it, the machine's own store where Node can read it, and whatever Node was given. */
function trustedAuthorities(): readonly string[] | undefined {
  if (typeof tls.getCACertificates !== "function") return undefined;
  return [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
}

const contexts = new Map<string, tls.SecureContext>();

/** Reading hundreds of certificates takes tens of milliseconds, so it is done once for each set. */
export function trustedContext(authorities: readonly string[] = []): tls.SecureContext {
  const key = authorities.join("\n");
  const known = contexts.get(key);
  if (known) return known;
  const trusted = trustedAuthorities() ?? (authorities.length > 0 ? tls.rootCertificates : undefined);
  const context = tls.createSecureContext(trusted ? { ca: [...trusted, ...authorities] } : {});
  contexts.set(key, context);
  return context;
}

/** Whether the chain ends at an authority that everybody's list has, or that the caller named. */
function isPubliclyTrusted(socket: tls.TLSSocket, authorities: readonly string[] = []): boolean {
  const root = chainOf(socket).at(-1)?.raw.toString("base64");
  return [...tls.rootCertificates, ...authorities].some((pem) => pemBody(pem) === root);
}

function pemBody(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, "");
}

/** The certificates from the server's own to the last known issuer. */
function chainOf(socket: tls.TLSSocket): tls.DetailedPeerCertificate[] {
  const chain: tls.DetailedPeerCertificate[] = [];
  let next: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw && !chain.some(({ fingerprint256 }) => fingerprint256 === next?.fingerprint256)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function readChain(socket: tls.TLSSocket): readonly CertificateFacts[] {
  return chainOf(socket).map((certificate) => ({
    subject: commonName(certificate.subject),
    issuer: commonName(certificate.issuer),
    names: hostNames(certificate.subjectaltname ?? ""),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    selfSigned: certificate.issuerCertificate?.fingerprint256 === certificate.fingerprint256,
  }));
}

/** Of a certificate; nobody is told more. */
const MOST_NAMES = 100;

/** The DNS names and addresses of `DNS:app.acme.dev, IP Address:192.0.2.1, URI:…`. */
function hostNames(subjectAltName: string): readonly string[] {
  return subjectAltName
    .split(", ")
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
    .slice(0, MOST_NAMES)
    .map((name) => clip(name));
}

function commonName(name: tls.Certificate | undefined): string {
  const value: string | string[] | undefined = name?.CN ?? name?.O;
  return value === undefined
    ? say`a nameless subject`
    : clip(Array.isArray(value) ? value.join(", ") : value);
}
