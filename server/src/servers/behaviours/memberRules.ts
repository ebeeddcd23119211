import { table } from "../../table.js";
import { parseUrl } from "./whatwgUrl.js";

const TYPE_RULES = table<string>({
  client_id: "client-id/type",
  redirect_uris: "redirect-uris/type",
});

/** The rule about a value whose type, or emptiness, a server does not take. */
export function typeRule(member: string, value: unknown): string {
  const own = TYPE_RULES.get(member);
  if (own !== undefined) return own;
  if (value === null) return "document/null-value";
  if (value === "") return member === "client_name" ? "client-name/empty" : "document/empty-string";
  return "document/wrong-type";
}

const URL_RULES = table<string>({
  jwks_uri: "jwks-uri/https",
  initiate_login_uri: "oidc/initiate-login-uri",
  sector_identifier_uri: "oidc/sector-identifier",
  backchannel_logout_uri: "logout/uris",
  backchannel_client_notification_endpoint: "ciba/mode",
});

const UNSAFE_PROTOCOL = /^(?:javascript|data|file|vbscript|blob|about):$/;

/** The rule about a URL member that a server does not take. */
export function urlRule(member: string, value: unknown): string {
  if (typeof value !== "string" || value === "") return typeRule(member, value);
  const own = URL_RULES.get(member);
  if (own !== undefined) return own;
  const protocol = parseUrl(value)?.protocol;
  if (protocol === "http:") return "uri/https";
  return protocol !== undefined && UNSAFE_PROTOCOL.test(protocol) ? "uri/unsafe-scheme" : "uri/absolute";
}
