import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { isWithinSite } from "../../uri/site.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientSite, EXTENSION_HOST, foreignHost } from "./foreignHost.js";
import { redirectRule } from "./redirectRule.js";

export const crossSite = redirectRule({
  id: "redirect-uris/cross-site",
  comparedWith: "/client_id",
  severity: "hint",
  title: "Redirects lead to the site of client_id",
  why: "The document is on one site and the code goes to another. That is allowed, and servers may ask for more trust.",
  sources: [cimd("9.1")],
  portability: {
    message: "Some servers require redirect URIs on the site of `client_id`. Use an address there.",
  },
  bad: ['"redirect_uris": ["https://«login.other.dev»/callback"]'],
  good: [
    '"redirect_uris": ["https://login.acme.dev/callback"]',
    '"redirect_uris": ["https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"]',
  ],
  test(uri, document) {
    const host = foreignHost(uri, document);
    if (host === undefined || hostKind(host) !== "name" || EXTENSION_HOST.test(host)) return undefined;
    const site = clientSite(document);
    if (site === "" || isWithinSite(site, host)) return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Codes go to another site than ${site.slice(0, 60)}, where the document is, and servers may restrict that (CIMD draft-03 §9.1). Serve both from one site if you can.`,
    };
  },
});
