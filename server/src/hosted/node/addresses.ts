import { lookup } from "node:dns";
import { networkInterfaces } from "node:os";
import { say, translated } from "../../localisation/say.js";
import { messageOf } from "../../messageOf.js";
import { type Address, classifyAddress, classifyHost, type Host, isLoopback } from "../addresses.js";
import { codeOf, Fault } from "./fault.js";
import type { Trail } from "./trail.js";

/** @returns every address of a name */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** The system's own look-up, hosts file and all. */
export const systemLookup: Lookup = (name) =>
  new Promise((resolve, reject) => {
    lookup(name, { all: true, order: "verbatim" }, (error, found) => {
      if (error) reject(error);
      else resolve(found.map(({ address }) => address));
    });
  });

/** What decides whether a host may be connected to. */
export interface HostPolicy {
  readonly lookup: Lookup;
  /** Special-use hosts are let through, and the report says so. */
  readonly allowPrivateNetwork: boolean;
  /** The URL is on the loopback origin that a person typed. */
  readonly isTypedLoopback: boolean;
  /** A proxy will look the name up. */
  readonly isProxied: boolean;
}

/**
 * Classifies the URL's host, looks it up once, and refuses what no authorization server would connect to. A name is judged
 * before anybody is asked about it, the proxy too.
 *
 * @returns the addresses to dial; none where the proxy looks the name up
 */
export async function checkHost(url: URL, policy: HostPolicy, trail: Trail): Promise<readonly Address[]> {
  const host = classifyHost(url.hostname);
  const loopbackTyped = policy.isTypedLoopback && isLoopback(host);
  if (!policy.allowPrivateNetwork && !loopbackTyped) refuseName(host);
  if (policy.isProxied && host.kind !== "address") {
    trail.addresses = { resolvedBy: "proxy", list: [], privateAllowed: false };
    return [];
  }
  const list = host.kind === "address" ? [host.address] : await lookUp(policy.lookup, host.name);
  const special = list.filter(({ isPublic }) => !isPublic);
  trail.addresses = {
    resolvedBy: host.kind === "address" ? "literal" : "system",
    list,
    privateAllowed: special.length > 0 && policy.allowPrivateNetwork,
  };
  const mayConnect =
    special.length === 0 ||
    policy.allowPrivateNetwork ||
    (loopbackTyped && list.every((address) => isLoopback({ kind: "address", address })));
  const [worst] = special;
  if (worst && !mayConnect) {
    throw new Fault("addresses", "special-use-address", say`${worst.address} is ${translated(worst.kind)}`);
  }
  return list;
}

function refuseName(host: Host): void {
  if (host.kind === "special-use-name" || host.kind === "non-public-name")
    throw new Fault("addresses", host.kind, host.name);
}

/** Looks a name up, once: the addresses that are checked are the ones that are dialled. */
async function lookUp(ask: Lookup, name: string): Promise<readonly Address[]> {
  let found: readonly string[];
  try {
    found = await ask(name);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOTFOUND" || code === "ENODATA") {
      throw new Fault("addresses", hasNetwork() ? "name-not-found" : "offline", name);
    }
    if (code === "EAI_AGAIN") throw new Fault("addresses", "offline", name);
    throw new Fault("addresses", "name-lookup-failed", code || messageOf(error));
  }
  if (found.length === 0) throw new Fault("addresses", "name-not-found", name);
  return found.map((text) => {
    // A zone (`fe80::1%eth0`) only comes with link-local addresses, which stay special without it.
    const address = classifyAddress(text.split("%", 1)[0] ?? "");
    if (!address) throw new Fault("addresses", "name-lookup-failed", `${name} gave "${text}"`);
    return address;
  });
}

/** Whether any network interface but the loopback one is up. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some(({ internal }) => !internal));
}
