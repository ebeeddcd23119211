import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const query = clientIdRule({
  id: "client-id/query",
  severity: "warning",
  title: "client_id has no query",
  why: "Every other spelling of the query is another client; some servers refuse a query altogether.",
  sources: [cimd("3")],
  bad: [
    '"client_id": "https://app.acme.dev/oauth/client«?v=2»"',
    '"client_id": "https://app.acme.dev/oauth/client«?»"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client-v2"'],
  test({ parts, raw }) {
    if (parts.query === undefined || parts.path === "") return undefined;
    const start = offsetOf("query", parts) - 1;
    return {
      start,
      end: Math.min(raw.length, start + 1 + parts.query.length),
      message: say`\`client_id\` should not have a query (CIMD draft-03 §3). Put what it says into the path, or leave it out.`,
    };
  },
});
