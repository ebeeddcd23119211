import { say } from "../../localisation/say.js";
import { cimd, uts39 } from "../../specifications/sources.js";
import { findHomograph } from "../../uri/homograph.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const homograph = clientIdRule({
  id: "client-id/homograph",
  severity: "warning",
  title: "The host of client_id cannot be mistaken for another one",
  why: "Consent rests on the host name. Letters of several scripts, or letters that look like ASCII ones, are how a false site looks like a true one.",
  sources: [uts39("4"), uts39("5.2"), cimd("9.5")],
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
});
