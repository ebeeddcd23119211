import type { Fetcher } from "../fetcher.js";
import { systemLookup } from "./addresses.js";
import { systemDial } from "./connection.js";
import { Exchange, type NodeFetcherOptions } from "./exchange.js";

export type { NodeFetcherOptions } from "./exchange.js";

/**
 * A fetcher for Node: https only (plain http for a loopback origin a person typed), every address checked and the checked
 * one dialled, certificates always verified against Mozilla's list and the machine's store, HTTP/1.1, one request a
 * connection, nothing followed, nothing sent but `Accept`, `Accept-Encoding` and `User-Agent`.
 */
export function createNodeFetcher(options: NodeFetcherOptions = {}): Fetcher {
  const network = { lookup: systemLookup, dial: systemDial, ...options.network };
  return (request) => new Exchange(request, options, network).run();
}
