import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { type NearestEntry, nearestEntry } from "../redirects/nearest.js";
import { match, matchEntry, type RedirectMatch } from "../servers/evaluate.js";
import { serversOfTargets } from "../servers/groups.js";
import type { ServerProfile } from "../servers/profile.js";
import { SERVERS, serverById } from "../servers/servers.js";
import { serverChoice, UnknownServerError } from "./checkDocument.js";

/**
 * Asks a server's raw matcher about one entry.
 *
 * @param server an id of `servers`
 * @param redirectUri what the client sends, as the matcher gets it
 * @param pattern one entry of `redirect_uris`
 * @returns undefined where the server's matcher is not known
 * @throws {UnknownServerError} for a server id that is not known
 */
export function matchPattern(
  server: string,
  redirectUri: string,
  pattern: string,
  options: { readonly applicationType?: string } = {},
): boolean | undefined {
  const profile = serverById(server);
  if (!profile) throw new UnknownServerError(server);
  return matchEntry(profile, redirectUri, pattern, { applicationType: options.applicationType });
}

/** What a server does with the redirect URI of a request. */
export interface RedirectAnswer extends RedirectMatch {
  /** Where the server refuses the redirect URI: the entry that is most like it, and the parts that differ as written. */
  readonly nearest?: NearestEntry;
}

/**
 * Says for every server whether it would send a user back to a redirect URI: the whole decision, from loading the
 * document to what is done to the request's redirect URI before it is compared.
 *
 * @param text the document
 * @param redirectUri what the client sends in its authorization request
 * @param options `url` where the document is served from, else its own `client_id`; `servers` ids and groups, else all known
 * @throws {UnknownServerError} for a server id that is not known
 */
export function matchRedirectUri(
  text: string,
  redirectUri: string,
  options: { readonly url?: string; readonly servers?: readonly string[] } = {},
): RedirectAnswer[] {
  const document = new ClientMetadataDocument(text, { url: options.url });
  const servers = chosenServers(document, options.servers);
  // A query carries UTF-8, so half a surrogate pair leaves the client as U+FFFD (URL Standard §6.2, `USVString`).
  const sent = redirectUri.toWellFormed();
  const entries = document.redirects.map(({ node }) => node.value);
  const nearest = nearestEntry(sent, entries);
  return servers.map((server) => {
    const found = match(server, document, sent);
    return found.outcome === "refused" && nearest ? { ...found, nearest } : found;
  });
}

/** @throws {UnknownServerError} for a server id that is not known */
export function chosenServers(
  document: ClientMetadataDocument,
  servers: readonly string[] | undefined,
): readonly ServerProfile[] {
  const choice = serverChoice(servers);
  return choice.mode === "targets" ? serversOfTargets(choice.targets, document) : SERVERS;
}
