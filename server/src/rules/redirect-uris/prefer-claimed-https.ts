import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { isApplicationScheme } from "./applicationScheme.js";
import { redirectRule } from "./redirectRule.js";

export const preferClaimedHttps = redirectRule({
  id: "redirect-uris/prefer-claimed-https",
  severity: "off",
  title: "An application claims an https address rather than a scheme",
  why: "RFC 8252 §7.2 prefers https addresses that the operating system gives to one application: no other can claim them. Not every system can do that, so the rule is off.",
  sources: [rfc(8252, "7.2")],
  bad: ['"redirect_uris": ["«dev.acme.app»:/callback"], "application_type": "native"'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"], "application_type": "native"'],
  test(uri) {
    if (!isApplicationScheme(uri)) return undefined;
    return {
      end: uri.scheme.length,
      message: say`Another program can claim this scheme; an https address that the system gives to your application is safer (RFC 8252 §7.2). Use one where the system offers it.`,
    };
  },
});
