import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findNonAscii } from "../../uri/spelling.js";
import { joinUri } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const nonAscii = clientIdRule({
  id: "client-id/non-ascii",
  severity: "error",
  title: "client_id is ASCII",
  why: "URLs are ASCII (RFC 3986 §2). Servers that normalise a name such as bücher.example can never find it equal to what was sent.",
  sources: [rfc(3986, "2"), cimd("3")],
  bad: ['"client_id": "https://app.acme.dev/«ü»/client"', '"client_id": "https://«ü»ber.acme.dev/client"'],
  good: ['"client_id": "https://app.acme.dev/%C3%BC/client"'],
  test({ raw }) {
    const found = findNonAscii(raw);
    return (
      found && {
        ...found,
        message: say`\`client_id\` holds characters that a URL cannot have (RFC 3986 §2). Write the host in punycode (xn--…) and percent-encode the path.`,
      }
    );
  },
  fix: ({ raw, parts }) => {
    const url = URL.parse(raw);
    const host = parts.host !== undefined && findNonAscii(parts.host) ? url?.hostname : parts.host;
    return url && host !== undefined
      ? joinUri({ ...parts, host, path: encodeNonAscii(parts.path) })
      : undefined;
  },
  fixTitle: () => say`Encode it`,
});

function encodeNonAscii(text: string): string {
  return text.replace(/[^\u0000-\u007f]+/g, (run) => encodeURIComponent(run.toWellFormed()));
}
