import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { rfc } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { redirectRule } from "./redirectRule.js";

function hasAuthority({ parts }: RedirectUri): boolean {
  return parts.authority !== undefined;
}

export const portInvalid = redirectRule({
  id: "redirect-uris/port-invalid",
  severity: "error",
  title: "The port of a redirect URI is a number from 1 to 65535",
  why: "Templates such as {port} and impossible ports never match; some servers refuse the whole document.",
  sources: [rfc(3986, "3.2.3"), rfc(8252, "7.3")],
  bad: [
    '"redirect_uris": ["http://127.0.0.1:«{port}»/callback"], "application_type": "native"',
    '"redirect_uris": ["https://app.acme.dev:«70000»/callback"]',
    '"redirect_uris": ["http://127.0.0.1:«0»/callback"], "application_type": "native"',
  ],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
  test(uri) {
    const { port } = uri.parts;
    if (!hasAuthority(uri) || port === undefined || port === "" || port.includes("*")) return undefined;
    if (/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535) return undefined;
    const start = offsetOf("port", uri.parts);
    return {
      start,
      end: start + port.length,
      message:
        uri.kind === "loopback"
          ? say`This is no port, so the entry never matches (RFC 3986 §3.2.3). Leave the port out: servers then accept any port on loopback (RFC 8252 §7.3).`
          : say`This is no port, so the entry never matches (RFC 3986 §3.2.3). Delete it, or write a number from 1 to 65535.`,
    };
  },
  fix: ({ parts }) => [
    { title: say`Leave the port out`, uri: joinUri({ ...parts, port: undefined }), preferred: true },
  ],
});
