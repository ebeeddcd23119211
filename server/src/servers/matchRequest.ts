import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import type { AuthorizationRequest } from "./authorizationRequest.js";
import type { RedirectMatch } from "./evaluate.js";
import { REQUEST_PROFILES } from "./requestConstraints.js";

/** What ends a request, or keeps it from being judged, at every server. */
export interface Ending {
  readonly outcome: "refused" | "unknown";
  readonly reason: string;
}

/**
 * Says whether a server would take an authorization request: its redirect URI was judged, and the rest is where that is known
 * of the server.
 *
 * @param redirect what the server does with the redirect URI
 * @param flawed whether the request departs from the specifications, so that a server of which only its redirects are known
 *   may refuse it
 */
export function matchRequest(
  document: ClientMetadataDocument,
  request: AuthorizationRequest,
  redirect: RedirectMatch,
  flawed: boolean,
): RedirectMatch {
  const { server, outcome, matchedBy } = redirect;
  if (outcome === "refused" || outcome === "document-refused") return redirect;
  const profile = REQUEST_PROFILES.get(server);
  for (const constraint of profile?.constraints ?? []) {
    const reason = constraint(request, document);
    if (reason !== undefined) return { server, outcome: "refused", reason };
  }
  if (profile || !flawed || outcome === "unknown") return redirect;
  return {
    server,
    outcome: "unknown",
    ...(matchedBy === undefined ? {} : { matchedBy }),
    reason: say`It allows the redirect URI; what it makes of the rest of the request is not known.`,
  };
}
