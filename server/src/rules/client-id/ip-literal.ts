import { say } from "../../localisation/say.js";
import { atproto, cimd } from "../../specifications/sources.js";
import { hostKind, isAddress } from "../../uri/host.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const ipLiteral = clientIdRule({
  id: "client-id/ip-literal",
  severity: "warning",
  title: "client_id names a domain",
  why: "An IP address says nothing to a person who consents, certificates for it are rare, and atproto servers refuse it.",
  sources: [cimd("9.5"), atproto],
  bad: [
    '"client_id": "https://«93.184.215.14»/oauth/client"',
    '"client_id": "https://«[2606:2800:21f:cb07:6820:80da:af6b:8b2c]»/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const host = parts.host ?? "";
    if (!isAddress(host) || hostKind(host) === "special-use-address") return undefined;
    return {
      ...hostRange(parts),
      message: say`An IP address identifies nobody on a consent screen, and some servers refuse it. Use a domain name.`,
    };
  },
});
