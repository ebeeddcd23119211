import { say } from "../../localisation/say.js";
import { cimd, mcp } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { clientIdRule, isAtprotoLoopback, isSolidLoopback } from "./clientIdRule.js";

export const https = clientIdRule({
  id: "client-id/https",
  severity: "error",
  title: "client_id is an https URL",
  why: "The identity of the client is the domain that TLS proves; over http anybody on the way could answer.",
  sources: [cimd("3"), mcp("client-registration")],
  bad: [
    '"client_id": "«http»://app.acme.dev/oauth/client"',
    '"client_id": "«ftp»://app.acme.dev/oauth/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test(context) {
    const { parts } = context;
    const scheme = parts.scheme ?? "";
    if (scheme.toLowerCase() === "https" || isAtprotoLoopback(parts) || isSolidLoopback(context))
      return undefined;
    return {
      end: scheme.length,
      message: say`\`client_id\` uses ${scheme}, and servers only fetch https (CIMD draft-03 §3). Write https://.`,
    };
  },
  fix: ({ parts }) =>
    parts.scheme?.toLowerCase() === "http" ? joinUri({ ...parts, scheme: "https" }) : undefined,
  fixTitle: () => say`Use https`,
});
