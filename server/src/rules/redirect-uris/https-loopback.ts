import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { redirectRule } from "./redirectRule.js";

export const httpsLoopback = redirectRule({
  id: "redirect-uris/https-loopback",
  severity: "warning",
  title: "Loopback redirects use http",
  why: "Nobody can get a certificate for the user's own machine, so RFC 8252 has loopback redirects over http, which never leave the machine.",
  sources: [rfc(8252, "7.3")],
  bad: [
    '"redirect_uris": ["«https»://localhost:8443/callback"]',
    '"redirect_uris": ["«https»://127.0.0.1/callback"]',
  ],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
  test({ kind, pattern }) {
    if (kind !== "loopback-https" || pattern?.form === "malformed") return undefined;
    return {
      end: 5,
      message: say`Loopback redirects use http (RFC 8252 §7.3): no certificate is valid for the user's own machine. Write http://, and keep https for hosts on the internet.`,
    };
  },
  fix: ({ parts }) => [{ title: say`Use http`, uri: joinUri({ ...parts, scheme: "http" }) }],
});
