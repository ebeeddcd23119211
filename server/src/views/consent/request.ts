import type { ClientMetadataDocument, RedirectEntry } from "../../document/clientMetadataDocument.js";
import type { RedirectUri } from "../../redirects/classify.js";
import type { ConsentChoices } from "./consentView.js";

/** The authorization request that the preview plays through. */
export interface ConsentRequest {
  /** The entry of `redirect_uris` that is used, if there is one. */
  readonly entry: RedirectEntry | undefined;
  /** The redirect URI the client would send: the entry with wildcards and a missing loopback port filled in. */
  readonly redirectUri: string | undefined;
  readonly port: number;
  readonly scopes: readonly string[];
  /** `""` where the person gave none. */
  readonly mcpServerName: string;
}

/** What is chosen for a request that the preview makes up, or known of one that a client made. */
export interface RequestChoices extends ConsentChoices {
  /** The redirect URI that a client sent. */
  readonly redirectUri?: string | undefined;
}

/** No screen lists more scopes. */
const MAX_SCOPES = 100;

/** A port of the range that systems give to clients (RFC 6335 §6), so that it looks like a real request. */
export const EXAMPLE_PORT = 51_353;

/**
 * Fills in what the person did not choose.
 *
 * @param document the draft
 * @param choices what was chosen; an entry the document no longer has falls back to the first
 */
export function consentRequest(document: ClientMetadataDocument, choices: RequestChoices): ConsentRequest {
  const entry =
    document.redirects.find(({ index }) => index === choices.redirectIndex) ?? document.redirects[0];
  const port = choices.port ?? EXAMPLE_PORT;
  const scopes = choices.scopes ?? document.string("scope")?.value ?? "";
  return {
    entry,
    redirectUri: choices.redirectUri ?? (entry && concreteRedirectUri(entry.uri, port)),
    port,
    scopes: scopes
      .split(/\s+/)
      .filter((scope) => scope !== "")
      .slice(0, MAX_SCOPES),
    mcpServerName: choices.mcpServerName?.trim() ?? "",
  };
}

/** Whether a concrete port has to be chosen: for `:*`, and for a loopback redirect without a port (RFC 8252 §7.3). */
export function takesPort({ kind, parts }: RedirectUri): boolean {
  return parts.port === "*" || (kind === "loopback" && parts.port === undefined);
}

/**
 * The redirect URI a client would send for an entry: a wildcard host gets the label `app`, a wildcard in the path
 * the word `callback`.
 */
export function concreteRedirectUri(uri: RedirectUri, port: number): string {
  const { parts, raw } = uri;
  if (parts.host === undefined || parts.scheme === undefined) return raw;
  const host = parts.host.startsWith("*.") ? `app.${parts.host.slice(2)}` : parts.host;
  const portPart = takesPort(uri) ? `:${port}` : parts.port === undefined ? "" : `:${parts.port}`;
  const user = parts.userinfo === undefined ? "" : `${parts.userinfo}@`;
  const path = parts.path.replaceAll(/\*+/g, "callback");
  const query = parts.query === undefined ? "" : `?${parts.query}`;
  const fragment = parts.fragment === undefined ? "" : `#${parts.fragment}`;
  return `${parts.scheme}://${user}${host}${portPart}${path}${query}${fragment}`;
}
