import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { redirectRule } from "./redirectRule.js";

export const oob = redirectRule({
  id: "redirect-uris/oob",
  severity: "error",
  title: "Redirect URIs lead back to the client, not out of band",
  why: "A URN is no address that a browser can open. The out-of-band flow that used it let people paste codes anywhere, and was withdrawn.",
  sources: [rfc(7591, "5"), rfc(8252, "7")],
  bad: [
    '"redirect_uris": [«"urn:ietf:wg:oauth:2.0:oob"»], "application_type": "native"',
    '"redirect_uris": [«"urn:acme:callback"»]',
  ],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
  test({ kind, pattern }) {
    if (kind !== "urn" || pattern?.form === "malformed") return undefined;
    return {
      message: say`A URN is no address the user can be sent to (RFC 7591 §5), and the out-of-band flow was withdrawn. Use a loopback redirect such as http://127.0.0.1/callback.`,
    };
  },
});
