import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { findHomograph, isInternationalised } from "../../uri/homograph.js";
import { hostRange } from "../../uri/uriParts.js";
import { redirectRule } from "./redirectRule.js";

export const idn = redirectRule({
  id: "redirect-uris/idn",
  severity: "information",
  title: "Redirects lead to hosts that people can read",
  why: "Consent screens must show where the user is sent (MCP); an internationalised host may be shown as xn--….",
  sources: [mcp("security-considerations"), rfc(5890, "4.4")],
  bad: ['"redirect_uris": ["https://«xn--bcher-kva.acme.dev»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    const host = uri.parts.host ?? "";
    if (!isInternationalised(host) || findHomograph(host)) return undefined;
    return {
      ...hostRange(uri.parts),
      message: say`Consent screens show this host, some as xn--… and some decoded (MCP), and people check it. An ASCII name is easier to recognise.`,
    };
  },
});
