import { say } from "../../localisation/say.js";
import { atproto, rfc } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { redirectRule } from "./redirectRule.js";

export const userinfo = redirectRule({
  id: "redirect-uris/userinfo",
  severity: "error",
  title: "Redirect URIs have no user name or password",
  why: "The document is public, and servers refuse or strip credentials in redirect URIs.",
  sources: [rfc(3986, "3.2.1"), atproto],
  bad: ['"redirect_uris": ["https://«user:secret@»app.acme.dev/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/@me/callback"]'],
  test({ parts, pattern }) {
    if (parts.userinfo === undefined || pattern?.form === "malformed") return undefined;
    const start = offsetOf("authority", parts);
    return {
      start,
      end: start + parts.userinfo.length + 1,
      message: say`Credentials in a redirect URI are published with the document, and servers never match them (RFC 3986 §3.2.1). Delete everything up to the \`@\`.`,
    };
  },
  fix: ({ parts }) => [
    {
      title: say`Delete the credentials`,
      uri: joinUri({ ...parts, userinfo: undefined }),
      preferred: true,
    },
  ],
});
