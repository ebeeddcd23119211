import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { match, type RedirectMatch } from "../servers/evaluate.js";
import { serversOfTargets } from "../servers/groups.js";
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
  return profile.redirects?.matches(redirectUri, pattern, { applicationType: options.applicationType });
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
): RedirectMatch[] {
  const document = new ClientMetadataDocument(text, { url: options.url });
  const choice = serverChoice(options.servers);
  const servers = choice.mode === "targets" ? serversOfTargets(choice.targets, document) : SERVERS;
  // A query carries UTF-8, so half a surrogate pair leaves the client as U+FFFD (URL Standard §6.2, `USVString`).
  const sent = redirectUri.toWellFormed();
  return servers.map((server) => match(server, document, sent));
}
