import CachePolicy from "http-cache-semantics";
import type { CachePolicy as ServerCache } from "../servers/profile.js";
import type { ResponseFacts } from "./fetcher.js";

/** The parts of a response that decide how long it is kept. */
export interface CacheHeaders {
  /** Cache-Control directives in lower case; a directive without a value has `""`. */
  readonly directives: ReadonlyMap<string, string>;
  /** Seconds from Date (or now) to Expires; 0 for a past or broken date, undefined without the header. */
  readonly expiresIn: number | undefined;
  readonly age: number;
  readonly vary: readonly string[];
  readonly hasValidator: boolean;
}

/** Reads the caching headers of a response (RFC 9111 §5). */
export function readCacheHeaders(response: ResponseFacts, now: Date): CacheHeaders {
  const value = (name: string) => response.headers.get(name)?.join(", ");
  const directives = new Map<string, string>();
  for (const [, name = "", quoted, token] of (value("cache-control") ?? "").matchAll(
    /([a-z0-9-]+)\s*(?:=\s*(?:"([^"]*)"|([^,\s]*)))?/gi,
  )) {
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), quoted ?? token ?? "");
  }
  return {
    directives,
    expiresIn: expiresIn(value("expires"), value("date"), now),
    age: Math.max(0, Number(value("age") ?? 0) || 0),
    vary: (value("vary") ?? "")
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ""),
    hasValidator: response.headers.has("etag") || response.headers.has("last-modified"),
  };
}

function expiresIn(expires: string | undefined, date: string | undefined, now: Date): number | undefined {
  if (expires === undefined) return undefined;
  const end = Date.parse(expires);
  const start = date === undefined || Number.isNaN(Date.parse(date)) ? now.getTime() : Date.parse(date);
  return Number.isNaN(end) ? 0 : Math.max(0, (end - start) / 1000);
}

/** A directive's seconds, or undefined when it is absent or not a number. */
export function seconds({ directives }: CacheHeaders, name: string): number | undefined {
  const value = directives.get(name);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

/**
 * How long a shared cache that follows RFC 9111 may answer from its copy.
 *
 * @returns seconds from now; 0 when it must not keep it or must ask again first
 */
export function freshSeconds(response: ResponseFacts): number {
  const headers = Object.fromEntries(
    [...response.headers].map(([name, values]) => [name, values.join(", ")]),
  );
  const policy = new CachePolicy(
    { method: "GET", headers: {} },
    { status: response.status, headers },
    { shared: true },
  );
  return policy.storable() ? Math.max(0, Math.round(policy.timeToLive() / 1000)) : 0;
}

/**
 * How long one authorization server goes on using its copy before it asks again.
 *
 * @param cache the server's policy; `honours` names the headers and directives it reads, in any case
 * @returns seconds
 */
export function serverSeconds(cache: ServerCache, headers: CacheHeaders): number {
  const honours = (name: string) => cache.honours.some((honoured) => honoured.toLowerCase() === name);
  const { directives } = headers;
  const minimum = cache.minimum ?? 0;
  const never =
    (["no-store", "no-cache", "private"] as const).some((name) => honours(name) && directives.has(name)) ||
    (headers.vary.includes("*") && (honours("vary") || honours("vary:*") || honours("vary: *")));
  if (never) return minimum;
  const explicit =
    (honours("s-maxage") ? seconds(headers, "s-maxage") : undefined) ??
    (honours("max-age") ? seconds(headers, "max-age") : undefined) ??
    (honours("expires") ? headers.expiresIn : undefined);
  const aged = explicit !== undefined && honours("age") ? Math.max(0, explicit - headers.age) : explicit;
  return Math.min(Math.max(aged ?? cache.fallback ?? 0, minimum), cache.maximum ?? Number.POSITIVE_INFINITY);
}
