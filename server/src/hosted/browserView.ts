import { say } from "../localisation/say.js";
import type { FetchTrail } from "./fetcher.js";
import { type Step, type StepId, step } from "./report.js";

/** Where the steps of a hosted check that a browser cannot take are taken. */
export function onADesktop(): string {
  return say`Run the check in VS Code on a desktop, or on a command line: npx -p cimd-language-server cimd validate <URL>.`;
}

/** The same for the check of an MCP server. */
export function discoverOnADesktop(): string {
  return say`Run the check in VS Code on a desktop, or on a command line: npx -p cimd-language-server cimd discover <URL>.`;
}

/**
 * Why a browser shows nothing of a step.
 *
 * @see Fetch Standard (https://fetch.spec.whatwg.org/): §2.2.6 filtered responses, the CORS protocol in §3.3, and
 *   `Set-Cookie` as a forbidden response-header name in §2.2.2
 */
const HIDDEN: readonly (readonly [StepId, () => string])[] = [
  [
    "addresses",
    () =>
      say`A browser looks names up by itself and shows no address, so nobody saw whether all of them are public.`,
  ],
  ["connection", () => say`A browser connects by itself, perhaps through a proxy, and does not say how.`],
  [
    "tls",
    () => say`The browser has checked the certificate and shows nothing of it, not even when it expires.`,
  ],
  ["cookies", () => say`A browser hides the cookies that an answer sets.`],
];

/**
 * The steps of an exchange that only somebody outside a browser can take, as skipped ones.
 *
 * @param trail of an exchange that came far enough for them
 * @returns none for an exchange that no browser made, or that ended before a request left
 */
export function hiddenSteps({ seenBy, response }: FetchTrail): Step[] {
  if (seenBy !== "browser" || !response) return [];
  return HIDDEN.map(([id, sentence]) => step(id, "skipped", sentence(), { fix: onADesktop() }));
}

/** Whether an exchange says nothing about the host: the browser kept the answer, or the lack of one, to itself. */
export function isHidden({ fault }: FetchTrail): boolean {
  return fault?.code === "not-visible";
}

/** What a report adds to its cache step: response headers that are not CORS-safelisted are hidden unless exposed. */
export function hiddenCacheHeaders(): string {
  return say`A browser hides ETag, Age, Vary and Date unless the host exposes them, so they were not counted.`;
}
