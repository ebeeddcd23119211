// The only file that imports undici and node:*. It becomes a file of its own in the bundles and is loaded at the first
// call, so it exports functions and types only.

import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as netConnect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { performance } from "node:perf_hooks";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as tls from "node:tls";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Client, type Dispatcher } from "undici";
import { say, translated } from "../localisation/say.js";
import { messageOf } from "../messageOf.js";
import { VERSION } from "../version.js";
import { type Address, classifyAddress, classifyHost } from "./addresses.js";
import type {
  BodyFacts,
  CertificateFacts,
  Fetcher,
  FetchFault,
  FetchFaultCode,
  FetchRequest,
  FetchStage,
  FetchTrail,
  ResponseFacts,
} from "./fetcher.js";
import { readFetchUrl } from "./fetchUrl.js";
import { bypassesProxy, type ProxySettings } from "./proxies.js";
import { tlsFault } from "./tlsFaults.js";

/** The two system calls that tests replace: a name look-up, and a TCP connection to a checked address. */
export interface Network {
  /** @returns every address of the name */
  lookup(name: string): Promise<readonly string[]>;
  dial(address: string, port: number): Socket;
}

export interface NodeFetcherOptions {
  /** Lets special-use addresses and names through. The report says so. */
  readonly allowPrivateNetwork?: boolean | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** Certificates (PEM) of authorities to trust beside Mozilla's and this machine's. */
  readonly authorities?: readonly string[] | undefined;
  readonly network?: Partial<Network> | undefined;
}

/** Response headers beyond this many bytes end the exchange; Node's own default. */
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * A fetcher for Node: https only (plain http for a loopback origin a person typed), every address checked and the checked
 * one dialled, certificates always verified against Mozilla's list and the machine's store, HTTP/1.1, one request a
 * connection, nothing followed, nothing sent but `Accept`, `Accept-Encoding` and `User-Agent`.
 */
export function createNodeFetcher(options: NodeFetcherOptions = {}): Fetcher {
  const network: Network = {
    lookup: systemLookup,
    dial: systemDial,
    ...options.network,
  };
  return async (request) => {
    const exchange = new Exchange(request, options, network);
    return exchange.run();
  };
}

/** Ends an exchange. */
class Fault extends Error {
  readonly fault: FetchFault;

  constructor(stage: FetchStage, code: FetchFaultCode, detail?: string) {
    super(code);
    this.fault = { stage, code, ...(detail === undefined ? {} : { detail }) };
  }
}

/** What a stage's work gets: a signal that fires when its time is over, and a way to start its clock again. */
interface Turn {
  readonly signal: AbortSignal;
  renew(): void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const LOOPBACK = "a loopback address";

/** What public authorities issue at least (CA/Browser Forum Baseline Requirements §6.1.5). */
const SMALLEST_RSA_BITS = 2048;

/** One request from the URL to the last byte. */
class Exchange {
  readonly #request: FetchRequest;
  readonly #options: NodeFetcherOptions;
  readonly #network: Network;
  readonly #trail: Mutable<FetchTrail> & {
    durations: Partial<Record<FetchStage, number>>;
  };
  readonly #deadline: number;
  #socket: Socket | undefined;
  #client: Client | undefined;
  /** What went wrong with the connection after the handshake; it says more than the end of the request it causes. */
  #socketError: Error | undefined;

  constructor(request: FetchRequest, options: NodeFetcherOptions, network: Network) {
    this.#request = request;
    this.#options = options;
    this.#network = network;
    this.#trail = { url: request.url, durations: {} };
    this.#deadline = performance.now() + request.limits.totalMs;
  }

  async run(): Promise<FetchTrail> {
    try {
      await this.#exchange();
    } catch (error) {
      this.#trail.fault = error instanceof Fault ? error.fault : unforeseen(error);
    } finally {
      // Whatever the server still wants to say, nobody listens.
      this.#client?.destroy().catch(ignoreLateError);
      this.#socket?.destroy();
    }
    return this.#trail;
  }

  async #exchange(): Promise<void> {
    const { limits, typedLoopback } = this.#request;
    const url = readFetchUrl(this.#request.url, {
      allowHttp: typedLoopback === true,
    });
    if (!(url instanceof URL)) throw new Fault(url.stage, url.code, url.detail);
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    const proxy = this.#proxyFor(url, port);
    const addresses = await this.#stage("addresses", limits.connectMs, () => this.#checkHost(url, proxy));
    this.#socket = await this.#stage("connection", limits.connectMs, (turn) =>
      proxy
        ? connectThrough(this.#route(proxy), url, port, turn.signal)
        : this.#dialFirst(addresses, port, turn.signal),
    );
    if (url.protocol === "https:") {
      this.#socket = await this.#stage("tls", limits.connectMs, (turn) => this.#secure(url, turn.signal));
    }
    const response = await this.#stage("response", limits.headersMs, (turn) => this.#ask(url, turn.signal));
    if (this.#request.headersOnly) {
      response.body.on("error", ignoreLateError).destroy();
      return;
    }
    await this.#stage("body", limits.idleMs, (turn) => this.#read(response, turn));
  }

  /** Runs one stage under its own limit, the limit of the whole exchange, and the caller's signal. */
  async #stage<T>(stage: FetchStage, limitMs: number, work: (turn: Turn) => Promise<T>): Promise<T> {
    const started = performance.now();
    let done = false;
    const controller = new AbortController();
    const outOfTime = () => controller.abort(new Fault(stage, "timeout"));
    const cancel = () => controller.abort(new Fault(stage, "cancelled"));
    const { signal } = this.#request;
    if (signal?.aborted) throw new Fault(stage, "cancelled");
    const total = setTimeout(outOfTime, Math.max(0, this.#deadline - started));
    const own = setTimeout(outOfTime, limitMs);
    signal?.addEventListener("abort", cancel);
    const stopped = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
    });
    try {
      const turn: Turn = {
        signal: controller.signal,
        renew: () => own.refresh(),
      };
      const result = await Promise.race([work(turn), stopped]);
      done = true;
      return result;
    } finally {
      clearTimeout(total);
      clearTimeout(own);
      signal?.removeEventListener("abort", cancel);
      this.#trail.durations[stage] = performance.now() - started;
      if (done) this.#request.onStage?.(stage, this.#trail);
    }
  }

  #proxyFor(url: URL, port: number): URL | undefined {
    const { proxy } = this.#options;
    if (!proxy || url.protocol !== "https:") return undefined;
    const host = classifyHost(url.hostname);
    // This machine is never behind a proxy.
    const here =
      host.kind === "special-use-name" || (host.kind === "address" && host.address.kind === LOOPBACK);
    if (here) return undefined;
    const name = host.kind === "address" ? host.address.address : host.name;
    if (bypassesProxy(name, port, proxy.noProxy)) return undefined;
    const parsed = URL.parse(proxy.url);
    if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
      throw new Fault("connection", "proxy-unusable", parsed?.protocol.slice(0, -1));
    }
    this.#trail.proxy = parsed.host;
    return parsed;
  }

  #route(proxy: URL): ProxyRoute {
    return {
      proxy,
      strictSSL: this.#options.proxy?.strictSSL !== false,
      authorities: this.#options.authorities,
    };
  }

  /** Classifies the URL's host, looks it up once, and refuses what no authorization server would connect to. */
  async #checkHost(url: URL, proxy: URL | undefined): Promise<readonly Address[]> {
    const host = classifyHost(url.hostname);
    const { allowPrivateNetwork } = this.#options;
    const { typedLoopback } = this.#request;
    if (host.kind === "special-use-name" && !allowPrivateNetwork && !typedLoopback) {
      throw new Fault("addresses", "special-use-name", host.name);
    }
    if (proxy && host.kind === "name") {
      this.#trail.addresses = {
        resolvedBy: "proxy",
        list: [],
        privateAllowed: false,
      };
      return [];
    }
    const list =
      host.kind === "address"
        ? [host.address]
        : classifyAll(await lookUp(this.#network, host.name), host.name);
    const special = list.filter((address) => !address.isPublic);
    const loopbackTyped = typedLoopback === true && list.every(({ kind }) => kind === LOOPBACK);
    this.#trail.addresses = {
      resolvedBy: host.kind === "address" ? "literal" : "system",
      list,
      privateAllowed: special.length > 0 && allowPrivateNetwork === true,
    };
    const [worst] = special;
    if (worst && !allowPrivateNetwork && !loopbackTyped) {
      throw new Fault("addresses", "special-use-address", say`${worst.address} is ${translated(worst.kind)}`);
    }
    if (url.protocol === "http:" && !loopbackTyped) throw new Fault("url", "not-https", "http");
    return list;
  }

  /** Connects to the first of the checked addresses that answers, giving each its share of the time. */
  async #dialFirst(addresses: readonly Address[], port: number, signal: AbortSignal): Promise<Socket> {
    let last: unknown;
    for (const [index, { address }] of addresses.entries()) {
      const share =
        (this.#request.limits.connectMs / addresses.length) * (index + 1 < addresses.length ? 1 : 2);
      try {
        const socket = await opened(this.#network.dial(address, port), signal, share);
        this.#trail.connectedTo = address;
        return socket;
      } catch (error) {
        signal.throwIfAborted();
        last = error;
      }
    }
    const onlyIPv6 = addresses.every(({ family }) => family === 6);
    throw connectionFault(last, onlyIPv6);
  }

  /** Shakes hands over the open connection. The server's certificate is verified whatever the environment says. */
  async #secure(url: URL, signal: AbortSignal): Promise<Socket> {
    const host = classifyHost(url.hostname);
    const raw = this.#socket;
    if (!raw) throw new Error("TLS needs a connection");
    const name = host.kind === "address" ? host.address.address : host.name;
    const socket = tls.connect({
      socket: raw,
      host: name,
      ...(host.kind === "address" ? {} : { servername: name }),
      ALPNProtocols: ["http/1.1"],
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
      secureContext: trustedContext(this.#options.authorities),
    });
    // `secure` comes before the verdict on the certificate, while the chain can still be read.
    socket.prependOnceListener("secure", () => {
      this.#trail.certificates = readChain(socket);
    });
    try {
      await until(socket, "secureConnect", signal);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#tlsFault(error);
    }
    this.#trail.certificates ??= readChain(socket);
    const { bits, modulus } = socket.getPeerCertificate();
    // OpenSSL's own limit depends on how Node was built.
    if (modulus !== undefined && bits !== undefined && bits < SMALLEST_RSA_BITS) {
      throw new Fault("tls", "certificate-weak", `RSA with ${bits} bits`);
    }
    this.#trail.tls = {
      protocol: socket.getProtocol() ?? "TLS",
      trust: isPubliclyTrusted(socket, this.#options.authorities) ? "public" : "machine",
    };
    return socket;
  }

  #tlsFault(error: unknown): Fault {
    const chain = this.#trail.certificates ?? [];
    const code = codeOf(error);
    const named = tlsFault({
      code,
      message: messageOf(error),
      chainLength: chain.length,
    });
    if (named) return new Fault("tls", named, messageOf(error));
    if (code === "ECONNRESET" || code === "EPIPE") return new Fault("tls", "tls-closed");
    return new Fault("tls", "tls-failed", messageOf(error));
  }

  /** Sends the one request and waits for the headers of the final answer. */
  async #ask(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const socket = this.#socket;
    if (!socket) throw new Error("A request needs a connection");
    let taken = false;
    socket.on("error", (error) => {
      this.#socketError ??= error;
    });
    this.#client = new Client(url.origin, {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        // The connection is checked and pinned: there is no second one. The client wants its answer later, not within
        // the call.
        const error = taken ? new Error("other side closed") : null;
        queueMicrotask(() => (error ? callback(error, null) : callback(null, socket)));
        taken = true;
      },
    });
    const informational: number[] = [];
    try {
      const { post } = this.#request;
      const response = await this.#client.request({
        method: post === undefined ? "GET" : "POST",
        path: url.pathname + url.search,
        headers: {
          accept: this.#request.accept,
          "accept-encoding": "gzip, deflate, br",
          "user-agent": `cimd/${VERSION}`,
          ...(post === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(post === undefined ? {} : { body: post }),
        signal,
        responseHeaders: "raw",
        onInfo: ({ statusCode }) => {
          if (informational.length < 16) informational.push(statusCode);
        },
      });
      this.#trail.response = responseFacts(response, informational);
      return response;
    } catch (error) {
      signal.throwIfAborted();
      // TLS 1.3 tells of a missing client certificate only now.
      throw responseFault(this.#socketError ?? error);
    }
  }

  /** Reads the body to its end or to a cap, decompressing as it comes. */
  async #read(response: Dispatcher.ResponseData, turn: Turn): Promise<void> {
    const { wireBytes: wireCap, decodedBytes: decodedCap } = this.#request.limits;
    const coding = contentCoding(this.#trail.response);
    const chunks: Uint8Array[] = [];
    const seen = {
      wireBytes: 0,
      decodedBytes: 0,
      cappedBy: undefined as BodyFacts["cappedBy"],
    };
    const count = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        turn.renew();
        seen.wireBytes += chunk.length;
        if (seen.wireBytes > wireCap) {
          seen.cappedBy = "wire";
          throw new CapReached();
        }
        yield chunk;
      }
    };
    const collect = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const chunk of source) {
        seen.decodedBytes += chunk.length;
        if (seen.decodedBytes > decodedCap) {
          seen.cappedBy = "decoded";
          throw new CapReached();
        }
        chunks.push(chunk);
      }
    };
    try {
      const { signal } = turn;
      if (coding === undefined) await pipeline(response.body, count, collect, { signal });
      else
        await pipeline(response.body, count, decoderFor(coding), collect, {
          signal,
        });
    } catch (error) {
      turn.signal.throwIfAborted();
      if (!(error instanceof CapReached)) throw bodyFault(error, this.#socketError, coding);
    }
    this.#trail.body = {
      ...seen,
      bytes: Buffer.concat(chunks),
      trailers: Object.keys(response.trailers).length > 0,
      surplus: wentOn(this.#socketError),
    };
  }
}

/** Ends the reading of a body; what was learnt until then counts. */
class CapReached extends Error {}

/** For the second error of something that has failed already: the first one was reported. */
function ignoreLateError(): void {}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function unforeseen(error: unknown): FetchFault {
  return {
    stage: "response",
    code: "exchange-failed",
    detail: messageOf(error),
  };
}

// Addresses

function systemLookup(name: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(name, { all: true, order: "verbatim" }, (error, found) => {
      if (error) reject(error);
      else resolve(found.map(({ address }) => address));
    });
  });
}

/** Looks a name up, once: the addresses that are checked are the ones that are dialled. */
async function lookUp(network: Network, name: string): Promise<readonly string[]> {
  let found: readonly string[];
  try {
    found = await network.lookup(name);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOTFOUND" || code === "ENODATA") {
      throw new Fault("addresses", hasNetwork() ? "name-not-found" : "offline", name);
    }
    if (code === "EAI_AGAIN") throw new Fault("addresses", "offline", name);
    throw new Fault("addresses", "name-lookup-failed", code || messageOf(error));
  }
  if (found.length === 0) throw new Fault("addresses", "name-not-found", name);
  return found;
}

function classifyAll(addresses: readonly string[], name: string): readonly Address[] {
  return addresses.map((text) => {
    // A zone (`fe80::1%eth0`) only comes with link-local addresses, which stay special without it.
    const address = classifyAddress(text.split("%", 1)[0] ?? "");
    if (!address) throw new Fault("addresses", "name-lookup-failed", `${name} gave "${text}"`);
    return address;
  });
}

/** Whether any network interface but the loopback one is up. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some(({ internal }) => !internal));
}

// Connections

function systemDial(address: string, port: number): Socket {
  return netConnect({ host: address, port });
}

/** Waits for an event of a socket; its error, its end or the signal reject. */
function until(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    const aborted = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
    // Stays for the socket's life: an error after this promise has settled must not end the process.
    socket.on("error", reject);
    socket.once("close", closed);
    if (signal.aborted) aborted();
    signal.addEventListener("abort", aborted, { once: true });
    socket.once(event, () => {
      socket.off("close", closed);
      signal.removeEventListener("abort", aborted);
      resolve();
    });
  });
}

/** Waits for a TCP connection for at most `share` milliseconds. */
async function opened(socket: Socket, signal: AbortSignal, share: number): Promise<Socket> {
  const late = setTimeout(
    () => socket.destroy(Object.assign(new Error("late"), { code: "ETIMEDOUT" })),
    share,
  );
  try {
    await until(socket, "connect", signal);
    return socket;
  } finally {
    clearTimeout(late);
  }
}

function connectionFault(error: unknown, onlyIPv6: boolean): Fault {
  const code = codeOf(error);
  switch (code) {
    case "ECONNREFUSED":
      return new Fault("connection", "connection-refused");
    case "ECONNRESET":
      return new Fault("connection", "connection-reset");
    case "ETIMEDOUT":
      return new Fault("connection", "timeout");
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      if (!hasNetwork()) return new Fault("connection", "offline");
      return new Fault("connection", "unreachable", onlyIPv6 ? "IPv6" : undefined);
    default:
      return new Fault("connection", "connection-failed", code || messageOf(error));
  }
}

/** Asks a proxy for a tunnel to the origin (CONNECT, RFC 9110 §9.3.6). */
function connectThrough(
  { proxy, strictSSL, authorities }: ProxyRoute,
  url: URL,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const target = `${url.hostname}:${port}`;
  const send = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const tunnel = send({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      agent: false,
      signal,
      headers: { host: target, ...proxyAuthorization(proxy) },
      ...(proxy.protocol === "https:"
        ? {
            rejectUnauthorized: strictSSL,
            secureContext: trustedContext(authorities),
          }
        : {}),
    });
    tunnel.on("error", (error) => reject(proxyFault(error, proxy)));
    tunnel.on("response", (response) => {
      response.destroy();
      reject(proxyRefusal(response.statusCode ?? 0));
    });
    tunnel.on("connect", (response, socket) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        socket.on("error", ignoreLateError);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(proxyRefusal(status));
    });
    tunnel.end();
  });
}

/** A proxy and what is needed to trust it. */
interface ProxyRoute {
  readonly proxy: URL;
  readonly strictSSL: boolean;
  readonly authorities: readonly string[] | undefined;
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === "" && proxy.password === "") return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return {
    "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}`,
  };
}

function proxyRefusal(status: number): Fault {
  if (status === 407) return new Fault("connection", "proxy-authentication");
  return new Fault("connection", "proxy-refused", String(status));
}

function proxyFault(error: unknown, proxy: URL): Fault {
  const code = codeOf(error);
  if (tlsFault({ code, message: messageOf(error), chainLength: 1 }))
    return new Fault("connection", "proxy-tls", messageOf(error));
  return new Fault("connection", "proxy-unreachable", `${proxy.host} (${code || messageOf(error)})`);
}

// TLS

/** Mozilla's list as Node ships it, the machine's own store where Node can read it, and whatever Node was given. */
function trustedAuthorities(): readonly string[] | undefined {
  if (typeof tls.getCACertificates !== "function") return undefined;
  return [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
}

const contexts = new Map<string, tls.SecureContext>();

/** Reading hundreds of certificates takes tens of milliseconds, so it is done once for each set. */
function trustedContext(authorities: readonly string[] = []): tls.SecureContext {
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
    names: (certificate.subjectaltname ?? "")
      .split(", ")
      .filter((name) => name !== "")
      .map((name) => name.replace(/^(DNS|IP Address):/, "")),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    selfSigned: certificate.issuerCertificate?.fingerprint256 === certificate.fingerprint256,
  }));
}

function commonName(name: tls.Certificate | undefined): string {
  const value: string | string[] | undefined = name?.CN ?? name?.O;
  return Array.isArray(value) ? value.join(", ") : (value ?? say`a nameless subject`);
}

// HTTP

function responseFacts(response: Dispatcher.ResponseData, informational: readonly number[]): ResponseFacts {
  const headers = new Map<string, string[]>();
  const raw: unknown = response.headers;
  const list = Array.isArray(raw) ? raw.map(String) : [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = (list[i] ?? "").toLowerCase();
    const values = headers.get(name);
    if (values) values.push(list[i + 1] ?? "");
    else headers.set(name, [list[i + 1] ?? ""]);
  }
  return { status: response.statusCode, headers, informational };
}

function responseFault(error: unknown): Fault {
  const code = codeOf(error);
  const message = messageOf(error);
  const named = tlsFault({ code, message, chainLength: 1 });
  if (named) return new Fault("tls", named, message);
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return new Fault("response", "headers-too-large");
  }
  if (message === "bad upgrade") return new Fault("response", "switching-protocols");
  if (isParserError(error) || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return new Fault("response", "not-http", parserReason(message));
  }
  if (
    code === "UND_ERR_SOCKET" ||
    code === "ECONNRESET" ||
    code === "EPIPE" ||
    message === "other side closed"
  ) {
    return new Fault("response", "closed-before-answer");
  }
  return new Fault("response", "exchange-failed", message);
}

/** The one content coding of a response, or undefined when the body comes as it is. */
function contentCoding(response: ResponseFacts | undefined): string | undefined {
  const codings = (response?.headers.get("content-encoding") ?? [])
    .flatMap((value) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  return codings.length === 0 ? undefined : codings.join(", ");
}

/** @throws {Fault} for a coding that was not asked for, and for several at once */
function decoderFor(coding: string): Transform {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new Fault("body", "content-coding-unknown", coding);
  }
}

/** undici's HTTP parser stumbled. Its errors are known by their name, for their `code` is not always set. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === "HTTPParserError";
}

/** After the one answer came more, which undici calls a bad response or, where it is no HTTP, cannot parse. */
function wentOn(error: Error | undefined): boolean {
  return isParserError(error) || error?.message === "bad response";
}

/** The parser's own words without undici's introduction. */
function parserReason(message: string): string {
  return /^[^(]*\((.+)\)$/.exec(message)?.[1] ?? message;
}

function bodyFault(error: unknown, socketError: Error | undefined, coding: string | undefined): Fault {
  if (error instanceof Fault) return error;
  if (isParserError(socketError))
    return new Fault("body", "body-malformed", parserReason(messageOf(socketError)));
  const code = codeOf(error);
  if (coding !== undefined && (code.startsWith("Z_") || code.startsWith("ERR_"))) {
    return new Fault("body", "content-coding-broken", coding);
  }
  return new Fault("body", "body-cut-off");
}
