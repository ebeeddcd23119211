import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { hostRange, joinUri } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { clientIdRule } from "./clientIdRule.js";

export const hostCase = clientIdRule({
  id: "client-id/host-case",
  severity: "warning",
  title: "The host of client_id is in lower case",
  why: "Domains ignore case, string comparison does not: FastMCP can never load a document whose URL has capitals in the host.",
  sources: [cimd("3"), rfc(3986, "6.2.2.1")],
  // YOUR-DOMAIN is in capitals only until the real name is there.
  sameAs: ["document/placeholder"],
  bad: ['"client_id": "https://«App.Acme.dev»/oauth/client"'],
  good: ['"client_id": "https://app.acme.dev/OAuth/Client"'],
  test({ parts }) {
    const host = parts.host ?? "";
    if (!/[A-Z]/.test(host) || holdsPlaceholder(host)) return undefined;
    return {
      ...hostRange(parts),
      message: say`Capitals in the host make this another client than the lower-case URL (CIMD draft-03 §3). Use lower case.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, host: parts.host?.toLowerCase() }),
  fixTitle: () => say`Use lower case`,
});
