import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { hostRange, joinUri } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { isWeb, redirectRule } from "./redirectRule.js";

export const hostCase = redirectRule({
  id: "redirect-uris/host-case",
  severity: "warning",
  title: "Scheme and host of redirect URIs are in lower case",
  why: "Servers compare exactly, and everything that handles URLs writes scheme and host in lower case.",
  sources: [rfc(9700, "2.1"), rfc(3986, "6.2.2.1")],
  bad: [
    '"redirect_uris": ["«https://App.Acme.dev»/callback"]',
    '"redirect_uris": ["«HTTPS://app.acme.dev»/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/CallBack"]'],
  test(uri) {
    if (!isWeb(uri)) return undefined;
    const host = uri.parts.host ?? "";
    if (uri.parts.scheme === uri.scheme && host === host.toLowerCase()) return undefined;
    if (holdsPlaceholder(host)) return undefined;
    return {
      start: 0,
      end: hostRange(uri.parts).end,
      message: say`Clients send scheme and host in lower case, and servers compare the text (RFC 9700 §2.1), so the entry does not match. Use lower case.`,
    };
  },
  fix: ({ parts, scheme }) => [
    {
      title: say`Use lower case`,
      uri: joinUri({ ...parts, scheme, host: parts.host?.toLowerCase() }),
      preferred: true,
    },
  ],
});
