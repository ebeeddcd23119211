import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findHomograph, isInternationalised } from "../../uri/homograph.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const idn = clientIdRule({
  id: "client-id/idn",
  severity: "information",
  title: "client_id is on a domain of ASCII letters",
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
});
