import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { findAddress, RESPONSE_PARAMETERS } from "./parameters.js";
import { redirectRule } from "./redirectRule.js";

export const openRedirector = redirectRule({
  id: "redirect-uris/open-redirector",
  severity: "warning",
  title: "A redirect does not send people on to another address",
  why: "A callback that forwards to an address in its query can be used to carry the authorization code away.",
  sources: [rfc(9700, "4.11.1"), rfc(9700, "2.1")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback?«next=https://app.acme.dev/home»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test({ parts }) {
    const found = parts.query === undefined ? undefined : findAddress(parts.query);
    if (!found || parts.authority === undefined || RESPONSE_PARAMETERS.has(found.name)) return undefined;
    const start = offsetOf("query", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`An address in the query looks like a callback that forwards, and clients must not be open redirectors (RFC 9700 §4.11.1). Keep the target in your session.`,
    };
  },
});
