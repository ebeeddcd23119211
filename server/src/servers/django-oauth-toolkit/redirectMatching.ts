import { say } from "../../localisation/say.js";
import { splitUri, type UriParts } from "../../uri/splitUri.js";
import { literalWildcard } from "../behaviours/entryOutcomes.js";
import type { RedirectMatching } from "../profile.js";

const REFUSAL = "Mismatching redirect URI.";
const ANY_PORT_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]"]);

function hostOf({ host }: UriParts): string {
  return host?.toLowerCase() ?? "";
}

/** `parsed.port`: the number, or undefined; NaN where Python raises. */
function portOf({ port }: UriParts): number | undefined {
  if (port === undefined || port === "") return undefined;
  return !/^\d+$/.test(port) ? Number.NaN : Number(port);
}

function matches(redirectUri: string, entry: string): boolean {
  if (redirectUri.includes("#") || entry.includes("#")) return false;
  const requested = splitUri(redirectUri);
  const registered = splitUri(entry);
  if (requested.userinfo !== undefined || registered.userinfo !== undefined) return false;
  const scheme = registered.scheme?.toLowerCase();
  if (scheme !== requested.scheme?.toLowerCase() || hostOf(registered) !== hostOf(requested)) return false;
  const anyPort = scheme === "http" && ANY_PORT_HOSTS.has(hostOf(registered));
  if (!anyPort && portOf(registered) !== portOf(requested)) return false;
  return registered.path === requested.path && registered.query === requested.query;
}

/**
 * How django-oauth-toolkit compares with its default settings: part by part, exactly, with any port for http on 127.0.0.1
 * and [::1]; `localhost` is held to its port unless ALLOW_LOCALHOST_LOOPBACK is on. A port that is no number ends the
 * request with an error, except on those two hosts, whose port is never looked at.
 *
 * Source: `django-oauth/django-oauth-toolkit` oauth2_provider/models.py `check_redirect_to_uri_allowed` @0f9d49f4abe0.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches: (redirectUri, entry) => (entry.includes("*") ? undefined : matches(redirectUri, entry)),
  refusal: () => REFUSAL,
  entryOutcome(entry) {
    if (entry.includes("*")) {
      // Whether the entry is stored was not seen, only that such a port on an address would match any.
      if (ANY_PORT_HOSTS.has(hostOf(splitUri(entry)))) return { outcome: "unknown" };
      return literalWildcard(entry, REFUSAL) ?? { outcome: "unknown" };
    }
    const parts = splitUri(entry);
    if (parts.userinfo !== undefined) {
      return {
        outcome: "never",
        rule: "redirect-uris/userinfo",
        message: say`${REFUSAL}: a redirect URI with credentials never matches.`,
      };
    }
    if (hostOf(parts) !== "localhost" || parts.scheme?.toLowerCase() !== "http") return { outcome: "works" };
    return portOf(parts) === undefined
      ? {
          outcome: "limited",
          rule: "redirect-uris/loopback-exact",
          message: say`${REFUSAL}: localhost must have no port, unless the server allows it (ALLOW_LOCALHOST_LOOPBACK); 127.0.0.1 may have one.`,
        }
      : {
          outcome: "limited",
          rule: "redirect-uris/fixed-loopback-port",
          message: say`${REFUSAL}: localhost may have this port only, unless the server allows others (ALLOW_LOCALHOST_LOOPBACK); 127.0.0.1 may have any.`,
        };
  },
};
