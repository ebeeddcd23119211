import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

/** Hosts that only redirect (CIMD draft-03 §3 names shorteners as unsuitable). */
const SHORTENERS: ReadonlySet<string> = new Set([
  "bit.ly",
  "t.co",
  "tinyurl.com",
  "goo.gl",
  "is.gd",
  "ow.ly",
  "buff.ly",
  "rebrand.ly",
  "cutt.ly",
  "t.ly",
]);

export const urlShortener = clientIdRule({
  id: "client-id/url-shortener",
  severity: "warning",
  title: "client_id is not a short link",
  why: "Short links answer with a redirect, and servers do not follow redirects.",
  sources: [cimd("3"), cimd("5")],
  bad: ['"client_id": "https://«bit.ly»/acme-client", "redirect_uris": ["https://bit.ly/callback"]'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    if (!SHORTENERS.has(parts.host?.toLowerCase() ?? "")) return undefined;
    return {
      ...hostRange(parts),
      message: say`A short link redirects, and servers do not follow redirects (CIMD draft-03 §3, §5). Use the address it leads to.`,
    };
  },
});
