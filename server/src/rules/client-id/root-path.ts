import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const rootPath = clientIdRule({
  id: "client-id/root-path",
  severity: "warning",
  title: "client_id has a path of its own",
  why: "The draft does not recommend `/` as the path; the MCP SDKs, FastMCP and atproto refuse it.",
  sources: [cimd("3")],
  bad: ['"client_id": "https://app.acme.dev«/»"'],
  good: ['"client_id": "https://app.acme.dev/client"'],
  test({ parts }) {
    if (parts.path !== "/") return undefined;
    const start = offsetOf("path", parts);
    return {
      start,
      end: start + 1,
      message: say`The path of \`client_id\` is only \`/\`, which is not recommended and which MCP clients refuse (CIMD draft-03 §3). Use a path such as /oauth/client.json.`,
    };
  },
});
