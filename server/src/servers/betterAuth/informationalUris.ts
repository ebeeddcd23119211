import { jsonPointer } from "../../document/jsonPointer.js";
import type { Constraint } from "../profile.js";
import { parseUrl } from "../shape.js";
import { isLoopbackHost, isPublicRoutableHost } from "./hosts.js";
import { isPrivateUseUri, storedUri, unsafeUri } from "./redirectUris.js";

const NAMES = ["client_uri", "logo_uri", "tos_uri", "policy_uri"] as const;

/** npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs, `validateCimdMetadata`, with its default `originBoundFields`. */
export const uriConstraints: readonly Constraint[] = [
  ...NAMES.map(
    (name): Constraint => ({
      id: name.replace("_", "-"),
      stage: "document",
      effect: "blocks",
      rule: "uri/absolute",
      check(document, report) {
        const uri = document.string(name)?.value;
        if (uri === undefined) return;
        const fault = informationalFault(name, uri);
        if (fault) report({ ...fault, pointer: jsonPointer(name) });
      },
    }),
  ),
  {
    id: "client-uri-origin",
    stage: "document",
    effect: "blocks",
    rule: "client-uri/same-host",
    check(document, report) {
      const uri = document.string("client_uri")?.value;
      if (uri === undefined || document.url === undefined || informationalFault("client_uri", uri)) return;
      const origin = parseUrl(document.url)?.origin;
      if (parseUrl(uri)?.origin !== origin) {
        report({ message: foreignOrigin("client_uri", uri, origin), pointer: "/client_uri" });
      }
    },
  },
  {
    id: "post-logout-redirect-uris",
    stage: "document",
    effect: "blocks",
    rule: "logout/uris",
    check(document, report) {
      const origin = document.url === undefined ? undefined : parseUrl(document.url)?.origin;
      for (const { index, node } of document.strings("post_logout_redirect_uris")) {
        const fault = postLogoutFault(node.value, index, origin);
        if (fault) report({ ...fault, pointer: jsonPointer("post_logout_redirect_uris", index) });
      }
    },
  },
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
