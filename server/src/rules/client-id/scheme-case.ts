import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const schemeCase = clientIdRule({
  id: "client-id/scheme-case",
  severity: "warning",
  title: "The scheme of client_id is in lower case",
  why: "Servers compare the URL as a string; a normalised copy of it is another client.",
  sources: [cimd("3"), rfc(3986, "6.2.1")],
  bad: ['"client_id": "«HTTPS»://app.acme.dev/oauth/client"'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const scheme = parts.scheme ?? "";
    if (scheme.toLowerCase() !== "https" || scheme === "https") return undefined;
    return {
      end: scheme.length,
      message: say`\`HTTPS\` and \`https\` are different identifiers when servers compare strings (CIMD draft-03 §3). Use lower case.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, scheme: parts.scheme?.toLowerCase() }),
  fixTitle: () => say`Use lower case`,
});
