import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { hostRange } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { clientIdRule } from "./clientIdRule.js";

export const nonPublicHost = clientIdRule({
  id: "client-id/non-public-host",
  severity: "warning",
  title: "client_id is on a host that public DNS knows",
  why: "Names with one label and names under .local, .internal or .test exist only inside a network; servers outside cannot fetch them.",
  sources: [rfc(6761, "6"), cimd("9.6")],
  bad: [
    '"client_id": "https://«intranet»/oauth/client"',
    '"client_id": "https://«app.acme.local»/oauth/client"',
    '"client_id": "https://«app.test»/oauth/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    if (hostKind(parts.host ?? "") !== "non-public-name" || holdsPlaceholder(parts.host ?? ""))
      return undefined;
    // Documentation names have `document/placeholder`.
    if (/(?:^|\.)example$/i.test(parts.host ?? "")) return undefined;
    return {
      ...hostRange(parts),
      message: say`Public DNS does not know this name (RFC 6761), so servers on the internet cannot fetch the document. Use a public name.`,
    };
  },
});
