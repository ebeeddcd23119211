import { portableRedirectUris } from "../../../server/src/create/portable.js";
import { classifyRedirectUri } from "../../../server/src/redirects/classify.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import { URIS } from "../seeds.js";
import { type FuzzTarget, holds, sameJson } from "./target.js";

const MOST_ENTRIES = 3;

/** Redirect patterns and every server's matcher: the first line is the request's redirect URI, the others are entries. */
export const redirects: FuzzTarget = {
  name: "redirects",
  holds: "every text has a kind, and every matcher an answer",
  seeds: () =>
    URIS.flatMap((uri, index) => [uri, `${uri}\n${uri}`, `${uri}\n${URIS[(index + 1) % URIS.length]}`]),
  run(text) {
    const [requested = "", ...rest] = text.split("\n");
    const entries = rest.length === 0 ? [requested] : rest.slice(0, MOST_ENTRIES);
    for (const raw of [requested, ...entries]) {
      const uri = classifyRedirectUri(raw);
      holds(uri.raw === raw, "a redirect URI stays as it is written");
      holds(sameJson(uri, classifyRedirectUri(raw)), "the same text has the same kind");
    }
    const portable = portableRedirectUris(entries);
    holds(sameJson(portableRedirectUris(portable), portable), "portable entries are portable", () =>
      portable.join(" "),
    );
    for (const { id, redirects: matching } of SERVERS) {
      if (!matching) continue;
      for (const applicationType of ["native", "web", undefined]) {
        const context = { applicationType };
        const prepared = matching.prepare?.(requested, context) ?? requested;
        holds(
          typeof prepared === "string" || prepared.refused !== "",
          "a request is prepared or refused with a reason",
          () => id,
        );
        const asked = typeof prepared === "string" ? prepared : requested;
        matching.refusal?.(asked);
        for (const entry of entries) {
          const answer = matching.matches(asked, entry, context);
          holds([true, false, undefined].includes(answer), "a matcher says yes, no or nothing", () => id);
          holds(answer === matching.matches(asked, entry, context), "a matcher is of one opinion", () => id);
          matching.entryOutcome?.(entry, context);
        }
      }
    }
  },
};
