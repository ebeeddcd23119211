import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const encodedSlash = clientIdRule({
  id: "client-id/encoded-slash",
  severity: "information",
  title: "client_id has no encoded slash",
  why: "Proxies and frameworks decode `%2F` at different times, so the document may be found under one of the two spellings only.",
  sources: [rfc(3986, "2.2")],
  bad: ['"client_id": "https://app.acme.dev/oauth«%2F»client"'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const found = /%2F|%5C/i.exec(parts.path);
    if (!found) return undefined;
    const start = offsetOf("path", parts) + found.index;
    return {
      start,
      end: start + 3,
      message: say`Proxies read an encoded slash in different ways, so the file may not be found. Choose a path without it.`,
    };
  },
});
