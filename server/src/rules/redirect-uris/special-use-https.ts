import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { hostRange } from "../../uri/uriParts.js";
import { foreignHost } from "./foreignHost.js";
import { redirectRule } from "./redirectRule.js";

export const specialUseHttps = redirectRule({
  id: "redirect-uris/special-use-https",
  severity: "information",
  title: "https redirects lead to public hosts",
  why: "A private address or an internal name is another machine on another network, and there the code goes to whoever answers.",
  sources: [rfc(6761, "6"), rfc(6890, "2.2.2")],
  bad: [
    '"redirect_uris": ["https://«10.1.2.3»/callback"]',
    '"redirect_uris": ["https://«sso.acme.internal»/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri, document) {
    const host = foreignHost(uri, document);
    // Documentation names have `document/placeholder`.
    if (host === undefined || /(?:^|\.)example\.?$/.test(host)) return undefined;
    const kind = hostKind(host);
    if (kind !== "special-use-address" && kind !== "non-public-name") return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`This host exists on some networks only, and on another one the code goes to whoever answers there (RFC 6761, RFC 6890). Use a public name.`,
    };
  },
});
