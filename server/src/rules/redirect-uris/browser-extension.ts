import { say } from "../../localisation/say.js";
import { rfc, type Source } from "../../specifications/sources.js";
import { EXTENSION_SCHEMES } from "./applicationScheme.js";
import { redirectRule } from "./redirectRule.js";

/** Chrome's `identity` API, whose redirect URLs are `https://<id>.chromiumapp.org/…`. */
const chromeIdentity: Source = {
  label: "Chrome extensions: identity",
  url: "https://developer.chrome.com/docs/extensions/reference/api/identity",
};

export const browserExtension = redirectRule({
  id: "redirect-uris/browser-extension",
  severity: "information",
  title: "A browser extension uses the https form of its redirect",
  why: "Servers that want https or a domain refuse the extension's own scheme; the browser offers an https address for exactly this.",
  sources: [chromeIdentity, rfc(8252, "7.2")],
  bad: [
    '"redirect_uris": ["«chrome-extension»://abcdefghijklmnopabcdefghijklmnop/callback.html"], "application_type": "native"',
  ],
  good: ['"redirect_uris": ["https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"]'],
  test(uri) {
    if (!EXTENSION_SCHEMES.has(uri.scheme)) return undefined;
    return {
      end: uri.scheme.length,
      message: say`Few servers accept an extension's own scheme. Use the https address that the browser's identity API gives, such as https://<id>.chromiumapp.org/.`,
    };
  },
});
