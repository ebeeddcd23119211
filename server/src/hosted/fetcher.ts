import type { Address } from "./addresses.js";

/** The steps of one HTTP exchange, in the order they happen. */
export type FetchStage = "url" | "addresses" | "connection" | "tls" | "response" | "body";

/** What can end an exchange. `faults.ts` has a sentence and a fix for each. */
export type FetchFaultCode =
  | "cancelled"
  | "timeout"
  | "offline"
  // url
  | "not-a-url"
  | "not-https"
  | "userinfo"
  | "port-zero"
  // addresses
  | "special-use-name"
  | "non-public-name"
  | "special-use-address"
  | "name-not-found"
  | "name-lookup-failed"
  // connection
  | "connection-refused"
  | "connection-reset"
  | "unreachable"
  | "connection-failed"
  | "proxy-unusable"
  | "proxy-unreachable"
  | "proxy-authentication"
  | "proxy-refused"
  | "proxy-tls"
  // tls
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "certificate-wrong-host"
  | "certificate-without-names"
  | "certificate-self-signed"
  | "certificate-chain-incomplete"
  | "certificate-unknown-authority"
  | "certificate-wrong-purpose"
  | "certificate-weak"
  | "certificate-invalid"
  | "client-certificate-required"
  | "protocol-too-old"
  | "handshake-refused"
  | "no-http-1"
  | "name-unknown-to-server"
  | "not-tls"
  | "tls-closed"
  | "tls-failed"
  // response
  | "closed-before-answer"
  | "headers-too-large"
  | "not-http"
  | "switching-protocols"
  | "not-visible"
  | "redirect-not-visible"
  // body
  | "body-cut-off"
  | "body-malformed"
  | "content-coding-unknown"
  | "content-coding-broken"
  | "exchange-failed";

export interface FetchFault {
  readonly stage: FetchStage;
  readonly code: FetchFaultCode;
  /** What the fault is about, where the code alone does not say: a scheme, a status, the platform's own words. */
  readonly detail?: string;
}

/** Milliseconds and bytes. Every limit holds on its own; the first that is reached ends the exchange. */
export interface FetchLimits {
  /** From the name look-up to the open connection, TLS included: each of the three gets this long. */
  readonly connectMs: number;
  /** From the sent request to the last response header. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** The whole exchange. */
  readonly totalMs: number;
  /** Bytes of the body as they come over the wire, compressed or not. */
  readonly wireBytes: number;
  /** Bytes of the body after decompression. */
  readonly decodedBytes: number;
}

export interface FetchRequest {
  /** As a person typed it or a document names it. */
  readonly url: string;
  readonly accept: string;
  readonly limits: FetchLimits;
  readonly signal?: AbortSignal | undefined;
  /**
   * The URL is on the origin that a person typed. Where that is this machine by its text (`localhost`, `127.0.0.1`,
   * `[::1]`), plain http and loopback addresses are let through; a name that only resolves there is not.
   */
  readonly typedLoopback?: boolean;
  /** A JSON text to POST; without it the request is a GET. */
  readonly post?: string;
  /** Stop after the response headers. */
  readonly headersOnly?: boolean;
  /** Called when a stage has gone well, with what is known by then. */
  readonly onStage?: (stage: FetchStage, trail: FetchTrail) => void;
}

/** One certificate of the chain a server sent. */
export interface CertificateFacts {
  /** The common name, or the organisation where there is none. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses it is good for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly selfSigned: boolean;
}

export interface ResponseFacts {
  readonly status: number;
  /** Names in lower case; a header that was sent several times has several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Informational (1xx) answers that came first. */
  readonly informational: readonly number[];
}

export interface BodyFacts {
  /** The decoded bytes; at most the cap. */
  readonly bytes: Uint8Array;
  /** In a browser the decoded ones: it shows no others. */
  readonly wireBytes: number;
  readonly decodedBytes: number;
  /** Which cap ended the reading; undefined when the body was read to its end. */
  readonly cappedBy: "wire" | "decoded" | undefined;
  /** Whether trailer fields followed a chunked body. */
  readonly trailers: boolean;
  /** Whether the server went on sending after the end of the body it announced. */
  readonly surplus: boolean;
}

/** Everything one exchange taught, also when it failed half-way. */
export interface FetchTrail {
  readonly url: string;
  /** Present where a browser made the exchange, which shows less of it; `browserView.ts` says what is missing. */
  readonly seenBy?: "browser";
  readonly addresses?: {
    readonly resolvedBy: "literal" | "system" | "proxy";
    readonly list: readonly Address[];
    /** Special-use addresses were found and let through, because a person allowed it. */
    readonly privateAllowed: boolean;
  };
  /** `host:port` of the proxy, never its credentials. */
  readonly proxy?: string;
  /** The checked address the connection was pinned to. */
  readonly connectedTo?: string;
  /** The chain as sent, the server's own certificate first; present as far as the handshake came. */
  readonly certificates?: readonly CertificateFacts[];
  readonly tls?: {
    /** `TLSv1.3` and so on. */
    readonly protocol: string;
    /** `machine`: only the certificate store of this machine knows the authority, Mozilla's list does not. */
    readonly trust: "public" | "machine";
  };
  readonly response?: ResponseFacts;
  readonly body?: BodyFacts;
  readonly fault?: FetchFault;
  /** Milliseconds spent in each stage that was entered. */
  readonly durations: Partial<Record<FetchStage, number>>;
}

/**
 * The network as the hosted checks see it: one exchange, guarded, no redirect followed, no cookies, no credentials.
 *
 * @returns what was learnt; a failure is `fault` in the trail, never a rejection
 */
export type Fetcher = (request: FetchRequest) => Promise<FetchTrail>;

/** The value of a header that should be there once; several are joined as RFC 9110 §5.3 says. */
export function header(response: ResponseFacts, name: string): string | undefined {
  return response.headers.get(name)?.join(", ");
}
