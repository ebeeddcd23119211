import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import type { ServerProfile } from "../../servers/profile.js";
import { hiddenCacheHeaders } from "../browserView.js";
import type { FetchTrail, ResponseFacts } from "../fetcher.js";
import { advise } from "../hostAdvice.js";
import { type CacheHeaders, freshSeconds, readCacheHeaders, seconds, serverSeconds } from "../lifetime.js";
import { minute } from "../moment.js";
import { type CacheFacts, type ServerLifetime, type Step, step } from "../report.js";

/** More than a day keeps a changed redirect or key away from servers too long (SEP-991 recommends 24 hours at most). */
const LONGEST = 86_400;
/** Less makes servers fetch at nearly every sign-in. */
const SHORTEST = 60;

/**
 * How long the answer is kept, by RFC 9111 and by each server.
 *
 * @param servers that count; those whose cache policy is not known are left out
 */
export function cacheStep(
  trail: FetchTrail,
  response: ResponseFacts,
  servers: readonly ServerProfile[],
  now: Date,
): { step: Step; facts: CacheFacts } {
  const headers = readCacheHeaders(response, now);
  const fresh = freshSeconds(response);
  const lifetimes = servers.flatMap(({ id, name, cache }): ServerLifetime[] => {
    if (!cache) return [];
    const lasting = serverSeconds(cache, headers);
    return [
      {
        server: id,
        name,
        seconds: lasting,
        until: after(now, lasting),
        stale: cache.stale,
      },
    ];
  });
  const asking = headers.hasValidator
    ? []
    : trail.seenBy === "browser"
      ? [hiddenCacheHeaders()]
      : [
          say`There is neither ETag nor Last-Modified, so a server that asks again gets the whole document again.`,
        ];
  const soonestFirst = [...lifetimes].sort((a, b) => a.seconds - b.seconds);
  const perServer = [...Map.groupBy(soonestFirst, ({ seconds: lasting }) => lasting).values()].map(
    (alike) => {
      const names = alike.map(({ name }) => name).join(", ");
      const [{ seconds: lasting, until }] = alike as [ServerLifetime];
      return lasting === 0
        ? say`Asked again every time: ${names}.`
        : say`Copies live until ${minute(until)} (${duration(lasting)}): ${names}.`;
    },
  );
  const details = [...perServer, ...asking];
  const facts: CacheFacts = {
    freshSeconds: fresh,
    freshUntil: after(now, fresh),
    servers: lifetimes,
  };
  const complaint = complain(headers, fresh);
  if (!complaint) {
    return {
      facts,
      step: step("cache", "passed", say`Fresh until ${minute(facts.freshUntil)} (${duration(fresh)}).`, {
        details,
      }),
    };
  }
  const fix = advise("cache", trail.url, response, say`Send Cache-Control: public, max-age=3600.`);
  return { facts, step: step("cache", "warning", complaint, { fix, details }) };
}

function complain(headers: CacheHeaders, fresh: number): string | undefined {
  const { directives, vary } = headers;
  if (directives.has("no-store"))
    return say`Cache-Control: no-store makes most servers fetch the document at every sign-in.`;
  if (directives.has("private"))
    return say`Cache-Control: private keeps servers from caching the document, although it is the same for everybody.`;
  if (directives.has("no-cache"))
    return say`Cache-Control: no-cache makes servers ask again at every sign-in.`;
  if (vary.includes("*") || vary.includes("cookie") || vary.includes("user-agent")) {
    return say`Vary: ${clip(vary.join(", "))} keeps caches from reusing the document, although it is the same for everybody.`;
  }
  const explicit = seconds(headers, "s-maxage") ?? seconds(headers, "max-age") ?? headers.expiresIn;
  if (explicit === undefined) {
    return directives.has("max-age") || directives.has("s-maxage")
      ? say`The max-age in Cache-Control is not a number of seconds, so every server falls back to a lifetime of its own.`
      : say`There is neither Cache-Control nor Expires, so every server chooses a lifetime of its own, from none at all to a day.`;
  }
  if (explicit > LONGEST)
    return say`The document may be cached for ${duration(explicit)}, so a new redirect URI or key can stay unknown that long.`;
  if (explicit < SHORTEST)
    return say`The document may be cached for only ${duration(explicit)}, so servers fetch it at nearly every sign-in.`;
  if (fresh === 0)
    return say`The document is stale on arrival: it is ${duration(headers.age)} old and fresh for ${duration(explicit)}.`;
  return undefined;
}

/** What is longer is as good as for ever, and may be counted as this (RFC 9111 §1.2.2), in seconds. */
const FOR_EVER = 2 ** 31;

function after(now: Date, lasting: number): string {
  return new Date(now.getTime() + Math.min(lasting, FOR_EVER) * 1000).toISOString();
}

/** Seconds in the largest unit that says them in whole numbers, roughly. */
export function duration(lasting: number): string {
  if (lasting >= 172_800) return say`${Math.round(lasting / 86_400)} days`;
  if (lasting >= 7200) return say`${Math.round(lasting / 3600)} hours`;
  if (lasting >= 120) return say`${Math.round(lasting / 60)} minutes`;
  return `${Math.round(lasting)} seconds`;
}
