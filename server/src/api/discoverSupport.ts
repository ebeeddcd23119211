import { type DiscoveryOptions, type DiscoveryReport, runDiscovery } from "../hosted/discovery.js";
import type { Fetcher } from "../hosted/fetcher.js";
import type { NetworkOptions } from "../hosted/network.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";

export interface DiscoverOptions extends Omit<DiscoveryOptions, "fetcher">, NetworkOptions {
  /** Replaces the guarded Node fetcher, and with it `allowPrivateNetwork` and `proxy`. */
  readonly fetcher?: Fetcher | undefined;
}

/**
 * Finds the authorization servers of an MCP server and reads whether they advertise client metadata documents.
 *
 * The typed origin may be plain http on loopback; every URL that is found in an answer goes through the full guard.
 *
 * @param url of the MCP server, as a person typed it
 * @see MCP authorization (2025-11-25); RFC 9728; RFC 8414; OAuth Client ID Metadata Document -02 §6
 */
export async function discoverSupport(url: string, options: DiscoverOptions = {}): Promise<DiscoveryReport> {
  return runDiscovery(url, { ...options, fetcher: options.fetcher ?? (await nodeFetcher(options)) });
}
