import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const trailingSlash = clientIdRule({
  id: "client-id/trailing-slash",
  severity: "information",
  title: "client_id does not end with a slash",
  why: "`/client` and `/client/` are two clients, and static hosts redirect from one to the other, which servers do not follow.",
  sources: [cimd("3"), cimd("5")],
  bad: ['"client_id": "https://app.acme.dev/client«/»"'],
  good: ['"client_id": "https://app.acme.dev/client"'],
  test({ parts }) {
    if (parts.path === "/" || !parts.path.endsWith("/")) return undefined;
    const end = offsetOf("path", parts) + parts.path.length;
    return {
      start: end - 1,
      end,
      message: say`With the final slash this is another client than without, and hosts like to redirect between the two. Name a file.`,
    };
  },
});
