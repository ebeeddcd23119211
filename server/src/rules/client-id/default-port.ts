import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const defaultPort = clientIdRule({
  id: "client-id/default-port",
  severity: "warning",
  title: "client_id does not spell out the default port",
  why: "`:443` makes this another identifier than the same URL without it; FastMCP can never load such a document.",
  sources: [cimd("3")],
  bad: [
    '"client_id": "https://app.acme.dev«:443»/oauth/client"',
    '"client_id": "https://app.acme.dev«:»/oauth/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const { port } = parts;
    if (port === undefined || (port !== "" && port !== "443") || parts.scheme?.toLowerCase() !== "https")
      return undefined;
    const start = offsetOf("port", parts) - 1;
    return {
      start,
      end: start + 1 + port.length,
      message: say`The written-out default port makes this another client than the URL without it (CIMD draft-03 §3). Delete it.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, port: undefined }),
  fixTitle: () => say`Delete the default port`,
});
