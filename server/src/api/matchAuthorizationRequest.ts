import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { requestView } from "../views/requestAnswers.js";
import type { RequestFinding } from "../views/requestFindings.js";
import type { RedirectAnswer } from "./matchRedirectUri.js";
import { chosenServers } from "./matchRedirectUri.js";

export interface MatchRequestOptions {
  /** Where the document is served from, else its own `client_id`. */
  readonly url?: string;
  /** Ids and groups, else all known servers. */
  readonly servers?: readonly string[];
  /** The scope that the client asks for, instead of that of the URL. */
  readonly scope?: string;
  /** How the client authenticates at the token endpoint. */
  readonly method?: string;
}

/** What is known of an authorization request. */
export interface RequestAnswer {
  /** What the specifications and the document say of it, whatever the server. */
  readonly findings: readonly RequestFinding[];
  /** One a server: whether it would take the request and send the user back to its redirect URI. */
  readonly answers: readonly RedirectAnswer[];
}

/**
 * Says for every server whether it would take an authorization request of a client with this document. What a server makes of
 * parameters beside the redirect URI is not known of all of them: those are `unknown` where the request has a flaw.
 *
 * @param text the document
 * @param request an authorization URL as a client opens it, or a redirect URI alone
 * @throws {UnknownServerError} for a server id that is not known
 */
export function matchAuthorizationRequest(
  text: string,
  request: string,
  { url, servers, scope, method }: MatchRequestOptions = {},
): RequestAnswer {
  const document = new ClientMetadataDocument(text, { url });
  const { findings, matches } = requestView(document, chosenServers(document, servers), request, {
    scope,
    method,
  });
  return { findings, answers: matches };
}
