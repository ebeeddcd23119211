import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { atproto, cimd, rfc } from "../../specifications/sources.js";
import { defineRule, type Rule } from "../rule.js";

const missing = defineRule({
  id: "client-uri/missing",
  severity: "off",
  title: "The client has a home page",
  why: "RFC 7591 recommends always sending it: consent screens link the name to it. Most published documents have none, so the rule is off.",
  sources: [rfc(7591, "2")],
  bad: [
    '=«{»"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: ['"client_uri": "https://app.acme.dev"'],
  check(document, report) {
    if (!document.object || !document.complete || document.has("client_uri")) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The client has no \`client_uri\`, which is recommended (RFC 7591 §2): consent screens link to it. Add the address of its home page.`,
    });
  },
});

const sameHost = defineRule({
  id: "client-uri/same-host",
  comparedWith: "/client_id",
  severity: "information",
  title: "The home page is on the host of client_id",
  why: "The draft leaves it to the server's policy; some regard a home page elsewhere as somebody else's.",
  sources: [cimd("9.1"), atproto],
  portability: {
    message:
      "Some servers require the home page on the origin of `client_id`. Use an address there, or leave the member out.",
  },
  bad: ['"client_uri": «"https://www.acme.dev"»'],
  good: ['"client_uri": "https://app.acme.dev/"'],
});

/** Rules about `client_uri`. */
export const clientUriRules: readonly Rule[] = [missing, sameHost];
