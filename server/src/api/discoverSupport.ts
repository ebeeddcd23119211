import * as z from "zod/mini";
import { type DiscoveryOptions, type DiscoveryReport, runDiscovery } from "../hosted/discovery.js";
import type { Fetcher } from "../hosted/fetcher.js";
import type { NetworkOptions } from "../hosted/network.js";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { NETWORK_OPTIONS, requireOptions, requireUrl, TEXT_OPTION } from "./readOptions.js";

export interface DiscoverOptions
  extends Omit<DiscoveryOptions, "fetcher" | "allowTypedLoopback">,
    NetworkOptions {
  /** Replaces the guarded Node fetcher, and with it `allowPrivateNetwork` and `proxy`. */
  readonly fetcher?: Fetcher | undefined;
}

/**
 * Finds the authorization servers of an MCP server and reads whether they advertise client metadata documents.
 *
 * Every URL goes through the full guard; `allowPrivateNetwork` lets private and loopback addresses through, and plain http
 * for an MCP server on this machine.
 *
 * @param url of the MCP server
 * @throws {TypeError} for an option that is none, or has the wrong type
 * @see MCP authorization (2025-11-25); RFC 9728; RFC 8414; OAuth Client ID Metadata Document -03 §7
 */
export async function discoverSupport(url: string, options: DiscoverOptions = {}): Promise<DiscoveryReport> {
  requireUrl("discoverSupport", url);
  requireOptions("discoverSupport", OPTIONS, options);
  return runDiscovery(url, {
    ...options,
    allowTypedLoopback: options.allowPrivateNetwork === true,
    fetcher: options.fetcher ?? (await nodeFetcher(options)),
  });
}

const OPTIONS = z.strictObject({ ...NETWORK_OPTIONS, document: TEXT_OPTION }, "must be an object");
