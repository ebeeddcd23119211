import { cimd, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const fixedLoopbackPort = defineRule({
  id: "redirect-uris/fixed-loopback-port",
  severity: "hint",
  title: "Loopback redirects name no port",
  why: "Another program may use the port. Servers that follow RFC 8252 §7.3 accept any port; those that compare exactly (CIMD draft-03 §4.2) accept only this one.",
  sources: [rfc(8252, "7.3"), cimd("4.2")],
  portability: {
    message: "Some servers accept only this port, and another program may use it. Leave the port out.",
  },
  bad: ['"redirect_uris": [«"http://127.0.0.1:8080/callback"»], "application_type": "native"'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
});
