import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { type NearestEntry, nearestEntry } from "../redirects/nearest.js";
import {
  type AuthorizationRequest,
  partialRequest,
  readAuthorizationUrl,
} from "../servers/authorizationRequest.js";
import { match, type RedirectMatch } from "../servers/evaluate.js";
import { matchRequest } from "../servers/matchRequest.js";
import type { ServerProfile } from "../servers/profile.js";
import { adviceOnRedirect, type RedirectAdvice } from "./redirectMatches.js";
import { type RequestFinding, requestFindings } from "./requestFindings.js";

/** What a server does with a request, or with a redirect URI alone. */
export interface RequestMatch extends RedirectMatch {
  /** Where the server refuses the redirect URI: the entry that is most like it, and the parts that differ as written. */
  readonly nearest?: NearestEntry;
}

/** What is said of a request. */
export interface RequestView {
  /** True for a whole authorization URL. */
  readonly whole: boolean;
  /** What the specifications and the document say, whatever the server. */
  readonly findings: readonly RequestFinding[];
  readonly matches: readonly RequestMatch[];
  /** Why servers refuse the redirect URI, and what to write. */
  readonly advice?: RedirectAdvice;
}

/** What is known of a request beside what was pasted. */
export interface SaidOfRequest {
  readonly scope?: string | undefined;
  /** How the client authenticates at the token endpoint. */
  readonly method?: string | undefined;
}

/**
 * Asks servers about a request.
 *
 * @param pasted an authorization URL, as a client opens it, or a redirect URI alone
 */
export function requestView(
  document: ClientMetadataDocument,
  servers: readonly ServerProfile[],
  pasted: string,
  said: SaidOfRequest = {},
): RequestView {
  const request = readRequest(pasted, said);
  const { whole } = request;
  const { findings, ending } = requestFindings(document, request);
  if (ending) return { whole, findings, matches: servers.map(({ id }) => ({ server: id, ...ending })) };
  // A request may leave out its redirect URI where the client has a single one (RFC 6749 §3.1.2.3).
  const redirectUri = request.redirectUri ?? document.redirects[0]?.node.value ?? "";
  const flawed = findings.some(({ severity }) => severity !== "information");
  const entries = document.redirects.map(({ node }) => node.value);
  const nearest = nearestEntry(redirectUri, entries);
  const redirects = servers.map((server) => match(server, document, redirectUri));
  const advice = adviceOnRedirect(document, redirectUri, redirects);
  const matches = redirects.map(
    (redirect): RequestMatch =>
      redirect.outcome === "refused" && nearest
        ? { ...redirect, nearest }
        : matchRequest(document, request, redirect, flawed),
  );
  return { whole, findings, matches, ...(advice ? { advice } : {}) };
}

function readRequest(pasted: string, { scope, method }: SaidOfRequest): AuthorizationRequest {
  // A query carries UTF-8, so half a surrogate pair leaves the client as U+FFFD (URL Standard §6.2, `USVString`).
  const sent = pasted.toWellFormed();
  const request = readAuthorizationUrl(sent);
  if (!request) return partialRequest(sent, { scope, method });
  return { ...request, method, ...(scope === undefined ? {} : { scope }) };
}
