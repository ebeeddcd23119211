import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const emptySegment = clientIdRule({
  id: "client-id/empty-segment",
  severity: "information",
  title: "client_id has no empty path segment",
  why: "`//` inside a path is legal and often collapsed on the way, which makes another identifier.",
  sources: [rfc(3986, "3.3")],
  bad: ['"client_id": "https://app.acme.dev/oauth«//»client"'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const index = parts.path.indexOf("//");
    if (index < 0) return undefined;
    const start = offsetOf("path", parts) + index;
    return {
      start,
      end: start + 2,
      message: say`Servers and proxies may collapse \`//\`, and then the URL is another client's. Use one slash.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, path: parts.path.replace(/\/{2,}/g, "/") }),
  fixTitle: () => say`Use one slash`,
});
