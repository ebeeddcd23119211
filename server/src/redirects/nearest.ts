import { splitUri, type UriParts } from "../uri/splitUri.js";

/** The parts of a redirect URI that a request and an entry may differ in, in the order in which they stand. */
const PARTS = ["scheme", "userinfo", "host", "port", "path", "query", "fragment"] as const;
export type RedirectPart = (typeof PARTS)[number];

/** How much a difference weighs: a client that changes the port is nearer than one that changes the host. */
const WEIGHTS: Readonly<Record<RedirectPart, number>> = {
  port: 1,
  query: 2,
  fragment: 2,
  path: 4,
  userinfo: 4,
  host: 8,
  scheme: 16,
};

/** An entry of `redirect_uris` that is like a request's redirect URI. */
export interface NearestEntry {
  readonly entry: string;
  /** The parts that differ as they are written; empty where the two are equal character by character. */
  readonly differs: readonly RedirectPart[];
}

/**
 * Finds the entry that differs least from what a client sends. Nothing is normalised: the parts are compared as written.
 *
 * @param redirectUri of the request
 * @param entries of the document
 * @returns the first of the nearest; undefined without entries
 */
export function nearestEntry(redirectUri: string, entries: readonly string[]): NearestEntry | undefined {
  const requested = splitUri(redirectUri);
  let nearest: NearestEntry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const differs = differences(requested, splitUri(entry));
    const weight = differs.reduce((sum, part) => sum + WEIGHTS[part], 0);
    if (weight >= least) continue;
    nearest = { entry, differs };
    least = weight;
  }
  return nearest;
}

function differences(one: UriParts, other: UriParts): RedirectPart[] {
  return PARTS.filter((part) => one[part] !== other[part]);
}
