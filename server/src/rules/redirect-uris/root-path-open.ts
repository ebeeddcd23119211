import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { EXTENSION_HOST } from "./foreignHost.js";
import { redirectRule } from "./redirectRule.js";

function isWeb({ kind, pattern }: RedirectUri): boolean {
  return (kind === "claimed-https" || kind === "loopback") && pattern === undefined;
}

export const rootPathOpen = redirectRule({
  id: "redirect-uris/root-path-open",
  severity: "hint",
  title: "Redirect URIs have a path of their own",
  why: "A server that matches the root with any path would send the code to every page of the host; and with no path at all, URL libraries add a slash that exact matching does not forgive.",
  sources: [rfc(8252, "8.4"), rfc(9700, "2.1")],
  portability: {
    message:
      "On some servers, an entry without a path matches every path of its host. Use a path of your own.",
  },
  bad: ['"redirect_uris": ["https://app.acme.dev«/»"]', '"redirect_uris": [«"https://app.acme.dev"»]'],
  good: [
    '"redirect_uris": ["https://app.acme.dev/callback"]',
    '"redirect_uris": ["https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"]',
  ],
  test(uri) {
    const { path, host = "" } = uri.parts;
    if ((path !== "" && path !== "/") || !isWeb(uri) || host === "" || EXTENSION_HOST.test(host))
      return undefined;
    const start = offsetOf("path", uri.parts);
    return path === ""
      ? {
          severity: "information",
          message: say`Without a path, clients that use a URL library send another text than this one (RFC 3986 §6.2.3), and servers compare exactly. Add the path of your callback.`,
        }
      : {
          start,
          end: start + 1,
          message: say`The whole host is the redirect. A path that is only for the callback cannot be confused with another page (RFC 8252 §8.4). Use one if you can.`,
        };
  },
});
