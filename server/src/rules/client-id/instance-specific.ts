import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

const INSTANCE =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![^/])[^/](?:(?!@|%40)[^/])*(?:@|%40)[^/]+\.[a-z]{2,}|(?:^|[/_-])1[5-9]\d{8}(?:\d{3})?(?=[/._-]|$)/i;

export const instanceSpecific = clientIdRule({
  id: "client-id/instance-specific",
  severity: "warning",
  title: "client_id is the same for every copy of the software",
  why: "The URL names the software. One with a user id, a UUID or a timestamp makes every copy a client that nobody has seen before.",
  sources: [cimd("9.3")],
  bad: [
    '"client_id": "https://app.acme.dev/clients/«6f9619ff-8b86-4011-b42d-00cf4fc964ff»"',
    '"client_id": "https://app.acme.dev/clients/«ann@acme.dev»"',
  ],
  good: ['"client_id": "https://app.acme.dev/@acme/client"'],
  test({ parts }) {
    const found = INSTANCE.exec(parts.path);
    if (!found) return undefined;
    const start = offsetOf("path", parts) + found.index;
    return {
      start,
      end: start + found[0].length,
      message: say`This looks like one user's or one installation's URL, and a client identifier names the software. Use one stable URL for all copies.`,
    };
  },
});
