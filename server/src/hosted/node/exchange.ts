import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { FetchRequest, FetchStage, FetchTrail, ResponseFacts } from "../fetcher.js";
import { readFetchUrl } from "../fetchUrl.js";
import type { ProxySettings } from "../proxies.js";
import { checkHost, type Lookup } from "./addresses.js";
import { readBody } from "./body.js";
import { type Dial, dialFirst } from "./connection.js";
import { Fault, faultOf, ignoreLateError } from "./fault.js";
import { ask, clientOn, type HttpClient, type HttpResponse, responseFault } from "./request.js";
import { secure } from "./tls.js";
import type { Trail, Turn } from "./trail.js";
import { connectThrough, proxyFor } from "./tunnel.js";

/** The two system calls that tests replace: a name look-up, and a TCP connection to a checked address. */
export interface Network {
  readonly lookup: Lookup;
  readonly dial: Dial;
}

export interface NodeFetcherOptions {
  /** Lets special-use addresses and names through. The report says so. */
  readonly allowPrivateNetwork?: boolean | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** Certificates (PEM) of authorities to trust beside Mozilla's and this machine's. */
  readonly authorities?: readonly string[] | undefined;
  readonly network?: Partial<Network> | undefined;
}

/** One request from the URL to the last byte. */
export class Exchange {
  readonly #request: FetchRequest;
  readonly #options: NodeFetcherOptions;
  readonly #network: Network;
  readonly #trail: Trail;
  readonly #deadline: number;
  #socket: Socket | undefined;
  #client: HttpClient | undefined;
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
      this.#trail.fault = faultOf(error);
    } finally {
      // Whatever the server still wants to say, nobody listens.
      this.#client?.destroy().catch(ignoreLateError);
      this.#socket?.destroy();
    }
    return this.#trail;
  }

  async #exchange(): Promise<void> {
    const { limits, typedLoopback = false, headersOnly } = this.#request;
    const url = readFetchUrl(this.#request.url, { typedLoopback });
    if (!(url instanceof URL)) throw new Fault(url.stage, url.code, url.detail);
    const socket = await this.#connect(url, typedLoopback);
    this.#socket = socket;
    socket.on("error", (error) => {
      this.#socketError ??= error;
    });
    this.#client = clientOn(socket, url.origin);
    const { response, facts } = await this.#stage("response", limits.headersMs, (turn) =>
      this.#ask(url, turn.signal),
    );
    if (headersOnly) {
      response.body.on("error", ignoreLateError).destroy();
      return;
    }
    await this.#stage("body", limits.idleMs, async (turn) => {
      this.#trail.body = await readBody(response, facts, limits, turn, () => this.#socketError);
    });
  }

  /** Checks the host and opens the connection, secure for https. */
  async #connect(url: URL, isTypedLoopback: boolean): Promise<Socket> {
    const { connectMs } = this.#request.limits;
    const { allowPrivateNetwork = false, authorities } = this.#options;
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    const proxy = proxyFor(url, port, this.#options.proxy);
    if (proxy) this.#trail.proxy = proxy.host;
    const { lookup } = this.#network;
    const policy = { lookup, allowPrivateNetwork, isTypedLoopback, isProxied: proxy !== undefined };
    const addresses = await this.#stage("addresses", connectMs, () => checkHost(url, policy, this.#trail));
    const raw = await this.#stage("connection", connectMs, async ({ signal }) => {
      if (proxy) {
        const strictSSL = this.#options.proxy?.strictSSL !== false;
        return connectThrough({ proxy, strictSSL, authorities }, url, port, signal);
      }
      const limits = { signal, limitMs: connectMs };
      const { socket, address } = await dialFirst(this.#network.dial, addresses, port, limits);
      this.#trail.connectedTo = address;
      return socket;
    });
    this.#socket = raw;
    if (url.protocol !== "https:") return raw;
    return this.#stage("tls", connectMs, ({ signal }) =>
      secure(raw, url, { authorities, signal }, this.#trail),
    );
  }

  async #ask(url: URL, signal: AbortSignal): Promise<{ response: HttpResponse; facts: ResponseFacts }> {
    if (!this.#client) throw new Error("A request needs a client");
    try {
      const answer = await ask(this.#client, url, this.#request, signal);
      this.#trail.response = answer.facts;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw responseFault(this.#socketError ?? error);
    }
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
      const turn: Turn = { signal: controller.signal, renew: () => own.refresh() };
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
}
