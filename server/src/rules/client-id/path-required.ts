import { say } from "../../localisation/say.js";
import { cimd, mcp } from "../../specifications/sources.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { clientIdRule, isAtprotoLoopback } from "./clientIdRule.js";

export const pathRequired = clientIdRule({
  id: "client-id/path-required",
  severity: "error",
  title: "client_id has a path",
  why: "The bare domain is not a document; the draft requires a path component.",
  sources: [cimd("3"), mcp("client-registration")],
  bad: ['"client_id": «"https://app.acme.dev"»', '"client_id": «"https://app.acme.dev?id=1"»'],
  good: ['"client_id": "https://app.acme.dev/client"'],
  test({ raw, parts }) {
    if (
      raw.includes("\\") ||
      holdsPlaceholder(raw) ||
      isAtprotoLoopback(parts) ||
      parts.path !== "" ||
      (parts.host ?? "") === ""
    )
      return undefined;
    return {
      message: say`\`client_id\` has no path, and servers refuse a bare domain (CIMD draft-03 §3). Add the file's path, such as /oauth/client.json.`,
    };
  },
});
