import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { isLoopbackInDisguise } from "./loopback.js";
import { redirectRule } from "./redirectRule.js";

export const httpNonLoopback = redirectRule({
  id: "redirect-uris/http-non-loopback",
  severity: "error",
  title: "http is for loopback only",
  why: "Over http anybody on the way reads the authorization code; only the user's own machine is exempt.",
  sources: [rfc(9700, "2.6"), rfc(7591, "5"), mcp("security-considerations")],
  bad: [
    '"redirect_uris": ["«http»://app.acme.dev/callback"]',
    '"redirect_uris": ["«http»://192.168.1.10/callback"]',
  ],
  good: [
    '"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"',
    '"redirect_uris": ["http://[::1]/callback"], "application_type": "native"',
  ],
  test(uri) {
    if (uri.kind !== "http" || uri.pattern?.form === "malformed" || (uri.parts.host ?? "") === "")
      return undefined;
    if (isLoopbackInDisguise(uri)) return undefined;
    return {
      end: 4,
      message: say`Plain http sends the authorization code in the clear and is only allowed to the machine itself (RFC 9700 §2.6). Use https.`,
    };
  },
  fix: ({ parts }) => [
    parts.host === "0.0.0.0" || parts.host === "[::]"
      ? {
          title: say`Use the loopback address`,
          uri: joinUri({ ...parts, host: "127.0.0.1" }),
          preferred: true,
        }
      : { title: say`Use https`, uri: joinUri({ ...parts, scheme: "https" }), preferred: true },
  ],
});
