import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Told by servers that look the host up, or check that they could. */
export const hostName = defineRule({
  id: "client-id/host-name",
  severity: "information",
  title: "The host of client_id is a name that DNS can have",
  why: "Some libraries look up only names of ASCII letters, digits, hyphens and dots, and refuse any other before they ask.",
  sources: [rfc(1123, "2.1")],
  sameAs: ["client-id/illegal-character", "client-id/non-ascii", "client-id/idn"],
  portability: {
    message: "Some servers cannot look up this host name. Use one of letters, digits, hyphens and dots.",
  },
  bad: ['"client_id": «"https://app_x.acme.dev/oauth/client"»'],
  good: ['"client_id": "https://app-x.acme.dev/oauth/client"'],
});
