import { say } from "../../localisation/say.js";
import { CLIENT_METADATA } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { uriRule } from "../uri/uriRule.js";
import { isHttps } from "./httpsRule.js";

export const requestUris = uriRule({
  id: "oidc/request-uris",
  severity: "warning",
  title: "Request objects are fetched over https",
  why: "Over http anybody on the way can change the request, unless it is signed.",
  sources: [CLIENT_METADATA],
  fields: new Set(["request_uris"]),
  bad: ['"request_uris": [«"http://app.acme.dev/request.jwt"»]', '"request_uris": [«"/request.jwt"»]'],
  good: [
    '"request_uris": ["https://app.acme.dev/request.jwt#k2oYXKqiZrucvpgengXLeM1zKwsygOuURBK7b4-PB68"]',
    '"request_uris": ["urn:acme:request"]',
  ],
  test: (uri) =>
    isHttps(uri) || (uri.parts.scheme !== undefined && uri.parts.authority === undefined)
      ? undefined
      : {
          message: say`\`request_uris\` must be https URLs unless the request is signed (OpenID Connect Registration §2). Use https.`,
        },
  fix: ({ parts }) =>
    parts.scheme?.toLowerCase() === "http" && parts.host ? joinUri({ ...parts, scheme: "https" }) : undefined,
  fixTitle: () => say`Use https`,
});
