import { onMembers } from "../behaviours/constraintKinds.js";
import { parseUrl } from "../behaviours/whatwgUrl.js";
import { stringsIn } from "../behaviours/zodShape.js";
import type { Constraint } from "../profile.js";
import { isLoopbackHost, isPublicRoutableHost } from "./hosts.js";
import { isPrivateUseUri, storedUri, unsafeUri } from "./redirectUris.js";

const NAMES = ["client_uri", "logo_uri", "tos_uri", "policy_uri"] as const;

/**
 * Links to the client's pages and where it returns to after logout.
 *
 * Source: npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `validateCimdMetadata`, default `originBoundFields`.
 */
export const INFORMATIONAL_URIS: readonly Constraint[] = [
  ...NAMES.map((name) =>
    onMembers({ id: name.replace("_", "-"), rule: "uri/absolute", bom: "strip" }, (members, report) => {
      const uri = members[name];
      const fault = typeof uri === "string" ? informationalFault(name, uri) : undefined;
      if (fault) report(fault.message, `/${name}`, fault.rule);
    }),
  ),
  onMembers(
    { id: "client-uri-origin", rule: "client-uri/same-host", bom: "strip" },
    ({ client_uri: uri }, report, document) => {
      if (typeof uri !== "string" || document.url === undefined || informationalFault("client_uri", uri))
        return;
      const origin = parseUrl(document.url)?.origin;
      if (parseUrl(uri)?.origin !== origin) report(foreignOrigin("client_uri", uri, origin), "/client_uri");
    },
  ),
  onMembers(
    { id: "post-logout-redirect-uris", rule: "logout/uris", bom: "strip" },
    ({ post_logout_redirect_uris: uris }, report, document) => {
      const origin = document.url === undefined ? undefined : parseUrl(document.url)?.origin;
      for (const { index, text } of stringsIn(uris)) {
        const fault = postLogoutFault(text, index, origin);
        if (fault) report(fault.message, `/post_logout_redirect_uris/${index}`, fault.rule);
      }
    },
  ),
];

interface Fault {
  readonly rule?: string;
  readonly message: string;
}

function informationalFault(name: string, uri: string): Fault | undefined {
  const url = parseUrl(uri);
  if (!url) return { message: `${name} is not a valid URL` };
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return {
      rule: name === "logo_uri" && url.protocol === "data:" ? "logo-uri/data" : "uri/unsafe-scheme",
      message: `${name} must use HTTP(S)`,
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { rule: "uri/userinfo", message: `${name} must not contain credentials` };
  }
  if (!isPublicRoutableHost(url.hostname)) {
    return {
      rule: "uri/special-use-host",
      message: `${name} must not point to a private or reserved address`,
    };
  }
  return undefined;
}

function postLogoutFault(written: string, index: number, origin: string | undefined): Fault | undefined {
  const name = "post_logout_redirect_uris";
  const unsafe = unsafeUri(written);
  if (unsafe) return { message: `${name}.${index}: ${unsafe.message}` };
  const uri = storedUri(written);
  const url = parseUrl(uri);
  if (!url || isPrivateUseUri(url)) return undefined;
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { message: `all values for ${name} must use HTTP(S) or an authority-free private-use scheme` };
  }
  if (origin === undefined || url.origin === origin || isLoopbackHost(url.hostname)) return undefined;
  return { rule: "logout/origin", message: foreignOrigin(name, uri, origin) };
}

function foreignOrigin(name: string, uri: string, origin: string | undefined): string {
  return `${name} value "${uri}" must have the same origin as client_id (${origin})`;
}
