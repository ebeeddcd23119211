import { say } from "../../localisation/say.js";
import { cimd, rfc, uts39 } from "../../specifications/sources.js";
import { findHomograph, isInternationalised } from "../../uri/homograph.js";
import { hostRange } from "../../uri/uriParts.js";
import type { Rule } from "../rule.js";
import { clientIdRule } from "./clientIdRule.js";

/** Rules about the letters of the host that people check when they consent. */
export const homographRules: readonly Rule[] = [
  clientIdRule({
    id: "client-id/idn",
    severity: "information",
    title: "client_id is on an internationalised domain",
    why: "Servers show the xn-- form or the decoded one; look-alike letters make people cautious.",
    sources: [cimd("8.5"), rfc(5890, "4.4")],
    bad: ['"client_id": "https://«xn--bcher-kva.acme.dev»/oauth/client"'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const host = parts.host ?? "";
      if (!isInternationalised(host) || findHomograph(host)) return undefined;
      return {
        ...hostRange(parts),
        message: say`Consent screens may show this host as xn--… or decoded, and people check it. An ASCII name is easier to recognise.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/homograph",
    severity: "warning",
    title: "The host of client_id cannot be mistaken for another one",
    why: "Consent rests on the host name. Letters of several scripts, or letters that look like ASCII ones, are how a false site looks like a true one.",
    sources: [uts39("4"), uts39("5.2"), cimd("8.5")],
    bad: [
      '"client_id": "https://«xn--pple-43d.acme.dev»/oauth/client"',
      '"client_id": "https://«xn--80ak6aa92e.com»/oauth/client", "redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const found = findHomograph(parts.host ?? "");
      if (!found) return undefined;
      return {
        ...hostRange(parts),
        message:
          found.looksLike === undefined
            ? say`\`${found.label}\` mixes letters of several scripts, so people and servers may regard it as a false site (UTS 39). Use an ASCII name.`
            : say`\`${found.label}\` looks like ${found.looksLike}, so people and servers may regard it as a false site (UTS 39). Use an ASCII name.`,
      };
    },
  }),
];
