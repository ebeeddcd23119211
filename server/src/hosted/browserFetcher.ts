import { say, translated } from "../localisation/say.js";
import { classifyHost, isLoopback } from "./addresses.js";
import type { Fetcher, FetchFault, FetchRequest, FetchStage, FetchTrail, ResponseFacts } from "./fetcher.js";
import { readFetchUrl } from "./fetchUrl.js";

/** `RequestInit` of a browser; Node's has no cache to speak of. */
export interface BrowserRequest extends RequestInit {
  readonly cache: "no-store";
}

/** What the fetcher needs of a browser; tests hand in their own. */
export interface BrowserNetwork {
  fetch(url: string, init: BrowserRequest): Promise<Response>;
  /** False only where the browser knows that there is no network (HTML Standard, `navigator.onLine`). */
  isOnline(): boolean;
}

export interface BrowserFetcherOptions {
  readonly network: BrowserNetwork;
  /** Lets special-use addresses and names through. */
  readonly allowPrivateNetwork?: boolean | undefined;
}

/**
 * A fetcher for browsers: https only (plain http for a loopback origin a person typed), one request, no cookies, no
 * credentials, no referrer, no redirect followed, no cache asked, special-use hosts refused by their names. The rest is
 * the browser's: it resolves and connects by itself, sends `Origin`, and shows an answer only if the host allows it.
 *
 * @see Fetch Standard, https://fetch.spec.whatwg.org/
 */
export function createBrowserFetcher(options: BrowserFetcherOptions): Fetcher {
  return (request) => new Exchange(request, options).run();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What an abort signal carries as its reason. */
class Ended {
  readonly code: "cancelled" | "timeout";

  constructor(code: Ended["code"]) {
    this.code = code;
  }
}

/** One request from the URL to the last byte. */
class Exchange {
  readonly #request: FetchRequest;
  readonly #options: BrowserFetcherOptions;
  readonly #trail: Mutable<FetchTrail> & { durations: Partial<Record<FetchStage, number>> };
  readonly #abort = new AbortController();

  constructor(request: FetchRequest, options: BrowserFetcherOptions) {
    this.#request = request;
    this.#options = options;
    this.#trail = { url: request.url, seenBy: "browser", durations: {} };
  }

  async run(): Promise<FetchTrail> {
    const { signal, limits } = this.#request;
    const cancel = () => this.#abort.abort(new Ended("cancelled"));
    const total = setTimeout(() => this.#abort.abort(new Ended("timeout")), limits.totalMs);
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel);
    try {
      const fault = await this.#exchange();
      if (fault) this.#trail.fault = fault;
    } finally {
      clearTimeout(total);
      signal?.removeEventListener("abort", cancel);
      // Whatever the server still wants to say, nobody listens.
      this.#abort.abort();
    }
    return this.#trail;
  }

  /** @returns what ended it before its end */
  async #exchange(): Promise<FetchFault | undefined> {
    const url = readFetchUrl(this.#request.url, { typedLoopback: this.#request.typedLoopback === true });
    if (!(url instanceof URL)) return url;
    const refusal = this.#refuseHost(url);
    if (refusal) return refusal;
    const response = await this.#stage("response", this.#request.limits.headersMs, () => this.#ask(url));
    if (!(response instanceof Response)) return response;
    if (response.type === "opaqueredirect") return { stage: "response", code: "redirect-not-visible" };
    this.#trail.response = responseFacts(response);
    this.#request.onStage?.("response", this.#trail);
    if (this.#request.headersOnly) return undefined;
    const fault = await this.#stage("body", this.#request.limits.totalMs, () => this.#read(response));
    if (!fault) this.#request.onStage?.("body", this.#trail);
    return fault;
  }

  /** Judges the host by its text alone: a browser does not say what a name resolves to. */
  #refuseHost({ hostname }: URL): FetchFault | undefined {
    const allowPrivateNetwork = this.#options.allowPrivateNetwork === true;
    const host = classifyHost(hostname);
    if (this.#request.typedLoopback === true && isLoopback(host)) return undefined;
    if (host.kind === "name") return undefined;
    if (host.kind !== "address")
      return allowPrivateNetwork ? undefined : { stage: "addresses", code: host.kind, detail: host.name };
    const { address } = host;
    this.#trail.addresses = {
      resolvedBy: "literal",
      list: [address],
      privateAllowed: !address.isPublic && allowPrivateNetwork,
    };
    if (address.isPublic || allowPrivateNetwork) return undefined;
    return {
      stage: "addresses",
      code: "special-use-address",
      detail: say`${address.address} is ${translated(address.kind)}`,
    };
  }

  /** Sends the one request. */
  async #ask(url: URL): Promise<Response> {
    const { accept, post } = this.#request;
    return this.#options.network.fetch(url.href, {
      method: post === undefined ? "GET" : "POST",
      headers: { accept, ...(post === undefined ? {} : { "content-type": "application/json" }) },
      ...(post === undefined ? {} : { body: post }),
      mode: "cors",
      credentials: "omit",
      redirect: "manual",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: this.#abort.signal,
    });
  }

  /** Reads the body to its end or to the cap. */
  async #read(response: Response): Promise<undefined> {
    const { decodedBytes: cap } = this.#request.limits;
    const chunks: Uint8Array[] = [];
    let length = 0;
    const reader = response.body?.getReader();
    while (reader && length <= cap) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
    const capped = length > cap;
    this.#trail.body = {
      bytes: joined(chunks, Math.min(length, cap)),
      wireBytes: length,
      decodedBytes: length,
      cappedBy: capped ? "decoded" : undefined,
      trailers: false,
      surplus: false,
    };
    return undefined;
  }

  /** Runs one stage under its own limit; what it throws becomes a fault. */
  async #stage<T>(stage: FetchStage, limitMs: number, work: () => Promise<T>): Promise<T | FetchFault> {
    const started = performance.now();
    const timer = setTimeout(() => this.#abort.abort(new Ended("timeout")), limitMs);
    try {
      this.#abort.signal.throwIfAborted();
      return await work();
    } catch (error) {
      return this.#fault(stage, error);
    } finally {
      clearTimeout(timer);
      this.#trail.durations[stage] = performance.now() - started;
    }
  }

  #fault(stage: FetchStage, error: unknown): FetchFault {
    const reason: unknown = this.#abort.signal.reason;
    if (reason instanceof Ended) return { stage, code: reason.code };
    if (stage === "body")
      return { stage, code: "exchange-failed", detail: say`the browser could not read the body to its end` };
    // The Fetch Standard makes every network error a TypeError, without a word of why.
    if (!(error instanceof TypeError)) return { stage, code: "exchange-failed", detail: String(error) };
    return { stage, code: this.#options.network.isOnline() ? "not-visible" : "offline" };
  }
}

/** The headers that the browser shows: CORS-safelisted ones, and those the host exposes. */
function responseFacts({ status, headers }: Response): ResponseFacts {
  const shown = new Map<string, readonly string[]>();
  for (const [name, value] of headers) shown.set(name.toLowerCase(), [value]);
  return { status, headers: shown, informational: [] };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
