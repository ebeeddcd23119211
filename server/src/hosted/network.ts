import type { Fetcher } from "./fetcher.js";
import type { ProxySettings } from "./proxies.js";

/** What a person's settings say about the network. */
export interface NetworkOptions {
  /** Lets special-use addresses through, and says so in the report. */
  readonly allowPrivateNetwork?: boolean | undefined;
  readonly proxy?: ProxySettings | undefined;
}

/** Gives the language server its network: Node's or a browser's. */
export type CreateFetcher = (options: NetworkOptions) => Fetcher | Promise<Fetcher>;
