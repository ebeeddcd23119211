import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const pathParameter = clientIdRule({
  id: "client-id/path-parameter",
  severity: "information",
  title: "client_id has no path parameter",
  why: "FastMCP drops what follows a `;` in the last segment when it fetches.",
  sources: [rfc(3986, "3.3")],
  bad: ['"client_id": "https://app.acme.dev/client«;v=2»"'],
  good: ['"client_id": "https://app.acme.dev/client-v2"'],
  test({ parts }) {
    const index = parts.path.indexOf(";");
    if (index < 0) return undefined;
    const start = offsetOf("path", parts);
    return {
      start: start + index,
      end: start + parts.path.length,
      message: say`What follows \`;\` is dropped by some servers when they fetch. Choose a path without it.`,
    };
  },
});
