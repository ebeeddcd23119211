import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { isHidden, onADesktop } from "../browserView.js";
import type { ExtraContext } from "../extraContext.js";
import { describeFault } from "../faults.js";
import { type Step, step } from "../report.js";

/** Pages a person may be shown (RFC 7591 §2: each MUST point to a valid page). */
export const LINKS = ["client_uri", "tos_uri", "policy_uri"] as const;

/** Whether the pages the document names are there. A page may redirect; nothing is followed. */
export async function checkLinks(
  document: ClientMetadataDocument,
  { fetcher, limits, signal }: ExtraContext,
): Promise<Step> {
  const named = LINKS.flatMap((name) => {
    const url = document.string(name)?.value;
    return url === undefined ? [] : [{ name, url }];
  });
  if (named.length === 0) return step("links", "skipped", say`The document names no pages.`);
  const dead: string[] = [];
  const hidden: string[] = [];
  let durationMs = 0;
  for (const { name, url } of named) {
    const trail = await fetcher({
      url,
      accept: "text/html, */*;q=0.1",
      limits,
      signal,
      headersOnly: true,
    });
    durationMs += Object.values(trail.durations).reduce((sum, ms) => sum + ms, 0);
    if (isHidden(trail)) hidden.push(name);
    else if (trail.fault?.code === "not-https")
      dead.push(say`${name}: ${clip(url)} is not https and was not opened.`);
    else if (trail.fault) dead.push(`${name}: ${describeFault(trail.fault, trail).sentence}`);
    else if ((trail.response?.status ?? 0) >= 400)
      dead.push(say`${name}: ${clip(url)} answers ${trail.response?.status}.`);
  }
  if (dead.length === 0 && hidden.length > 0) {
    return step(
      "links",
      "skipped",
      say`A browser does not show whether the pages are there: ${hidden.join(", ")}.`,
      {
        fix: onADesktop(),
        durationMs,
      },
    );
  }
  if (dead.length === 0) {
    return step(
      "links",
      "passed",
      named.length === 1
        ? say`${named[0]?.name}: the page is there.`
        : say`${named.map(({ name }) => name).join(", ")}: all pages are there.`,
      { durationMs },
    );
  }
  return step(
    "links",
    "warning",
    dead.length === 1
      ? say`1 of ${named.length} pages cannot be opened by everybody.`
      : say`${dead.length} of ${named.length} pages cannot be opened by everybody.`,
    {
      fix: say`Correct the URLs, or leave the members out.`,
      details: dead,
      durationMs,
    },
  );
}
