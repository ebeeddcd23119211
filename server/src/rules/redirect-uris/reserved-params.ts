import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { findReserved } from "./parameters.js";
import { redirectRule } from "./redirectRule.js";

export const reservedParams = redirectRule({
  id: "redirect-uris/reserved-params",
  severity: "warning",
  title: "A redirect URI's query has no parameter of the response",
  why: "The server adds code, state and the like to the address; a parameter must not be there twice, or clients read the wrong one or refuse both.",
  sources: [rfc(6749, "3.1"), rfc(6749, "4.1.2"), rfc(9207, "2")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback?«state=login»"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback/login"]'],
  test({ parts }) {
    const found = parts.query === undefined ? undefined : findReserved(parts.query);
    if (!found || parts.authority === undefined) return undefined;
    const start = offsetOf("query", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`The server adds \`${found.name}\` to the address itself, and it must not be there twice (RFC 6749 §3.1). Give the parameter another name.`,
    };
  },
});
