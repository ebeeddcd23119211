import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { isWeb, redirectRule } from "./redirectRule.js";

export const defaultPort = redirectRule({
  id: "redirect-uris/default-port",
  severity: "warning",
  title: "Redirect URIs do not spell out the default port",
  why: "Clients and browsers drop :443 from https and :80 from http, and servers compare exactly.",
  sources: [rfc(9700, "2.1"), rfc(3986, "6.2.3")],
  bad: [
    '"redirect_uris": ["https://app.acme.dev«:443»/callback"]',
    '"redirect_uris": ["https://app.acme.dev«:»/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev:8443/callback"]'],
  test(uri) {
    const { port } = uri.parts;
    if (port === undefined || !isWeb(uri)) return undefined;
    if (port !== "" && port !== (uri.scheme === "https" ? "443" : "80")) return undefined;
    const start = offsetOf("port", uri.parts) - 1;
    return {
      start,
      end: start + 1 + port.length,
      message: say`URL libraries drop the default port, and servers compare the text (RFC 9700 §2.1), so the entry does not match what a client sends. Delete it.`,
    };
  },
  fix: ({ parts }) => [
    { title: say`Delete the default port`, uri: joinUri({ ...parts, port: undefined }), preferred: true },
  ],
});
