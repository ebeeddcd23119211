import { say } from "../../localisation/say.js";
import { literalWildcard } from "../behaviours/entryOutcomes.js";
import type { Members } from "../behaviours/jsonBody.js";
import { isLoopbackHostname } from "../behaviours/loopbackMatching.js";
import { refusedKindRule, unparsableRule } from "../behaviours/redirectKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { redirectShapes, type UriFault } from "../oidc-provider/schemaConstraints.js";
import type { RedirectMatching } from "../profile.js";
import { grantTypes } from "./clientSchema.js";

function faultOf(text: string, members: Members): UriFault | undefined {
  const url = parseUrl(text);
  if (!url) return { words: "must only contain valid uris", rule: unparsableRule(text) };
  if (url.hash !== "") return { words: "must not contain fragments", rule: "redirect-uris/fragment" };
  const type = members["application_type"] ?? "web";
  if (type === "web") return webFault(url, text, grantTypes(members)?.includes("implicit") === true);
  return type === "native" ? nativeFault(url, text) : undefined;
}

function webFault({ protocol, hostname }: URL, text: string, implicit: boolean): UriFault | undefined {
  if (protocol !== "https:" && protocol !== "http:")
    return { words: "must only contain web uris", rule: refusedKindRule(text) };
  if (!implicit) return undefined;
  if (protocol === "http:") {
    const words = "for web clients using implicit flow MUST only register URLs using the https scheme";
    return { words, rule: "redirect-uris/http-non-loopback" };
  }
  const words = "for web clients using implicit flow must not be using localhost";
  return hostname === "localhost" ? { words, rule: "redirect-uris/https-loopback" } : undefined;
}

function nativeFault({ protocol, hostname }: URL, text: string): UriFault | undefined {
  const isLoopback = isLoopbackHostname(hostname);
  if (protocol === "http:") {
    const words = "for native clients using http as a protocol can only use loopback addresses as hostnames";
    return isLoopback ? undefined : { words, rule: "redirect-uris/http-non-loopback" };
  }
  if (protocol === "https:") {
    const words = `for native clients using claimed HTTPS URIs must not be using ${hostname} as hostname`;
    return isLoopback ? { words, rule: "redirect-uris/https-loopback" } : undefined;
  }
  if (protocol.includes(".")) return undefined;
  const rule = refusedKindRule(text);
  return {
    words: "for native clients using Custom URI scheme should use reverse domain name based scheme",
    rule: rule === "redirect-uris/private-use-mixed" ? "redirect-uris/private-use-reverse-domain" : rule,
  };
}

/** Source: npm:oidc-provider@8.8.1 lib/helpers/client_schema.js `redirectUris`, `postLogoutRedirectUris`. */
export const REDIRECT_URIS = redirectShapes(faultOf);

const REFUSAL = "redirect_uri did not match any of the client's registered redirect_uris";

/**
 * How oidc-provider 8 compares: as URL parsers write the URIs, and for native clients http loopback URIs without their ports.
 *
 * Source: npm:oidc-provider@8.8.1 lib/models/client.js `redirectUriAllowed`.
 */
export const REDIRECT_MATCHING: RedirectMatching = {
  matches(redirectUri, entry, { applicationType }) {
    const requested = parseUrl(redirectUri);
    const registered = parseUrl(entry);
    if (!requested || !registered) return false;
    if (requested.href === registered.href) return true;
    if (
      applicationType !== "native" ||
      requested.protocol !== "http:" ||
      !isLoopbackHostname(requested.hostname)
    )
      return false;
    return withoutPort(requested) === withoutPort(registered);
  },
  refusal: () => REFUSAL,
  entryOutcome(entry, { applicationType }) {
    const wildcard = literalWildcard(entry, REFUSAL);
    if (wildcard) return wildcard;
    const url = parseUrl(entry);
    const isLoopback = url?.protocol === "http:" && isLoopbackHostname(url.hostname);
    if (!isLoopback || applicationType === "native") return { outcome: "works" };
    return {
      outcome: "limited",
      rule: url.port === "" ? "redirect-uris/portless-loopback" : "redirect-uris/fixed-loopback-port",
      message: say`${REFUSAL}: a loopback redirect takes any port only when application_type is native.`,
    };
  },
};

function withoutPort(url: URL): string {
  const copy = new URL(url);
  copy.port = "";
  return copy.href;
}
