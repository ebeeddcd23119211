import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { clientIdRule } from "./clientIdRule.js";

export const backslash = clientIdRule({
  id: "client-id/backslash",
  severity: "error",
  title: "client_id has no backslash",
  why: "Browsers read a backslash as `/`, other parsers do not: two programs would see two addresses.",
  sources: [rfc(3986, "2")],
  bad: ['"client_id": «"https://app.acme.dev\\\\oauth\\\\client"»'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ raw }) {
    return raw.includes("\\")
      ? {
          message: say`A URL cannot hold a backslash (RFC 3986 §2), and parsers disagree about it. Write \`/\`.`,
        }
      : undefined;
  },
  fix: ({ raw }) => raw.replaceAll("\\", "/"),
  fixTitle: () => say`Use slashes`,
});
