import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const portlessLoopback = defineRule({
  id: "redirect-uris/portless-loopback",
  severity: "hint",
  title: "A client with a loopback redirect without a port is native",
  why: "RFC 8252 §7.3 requires servers to accept any port on loopback. Some do so for native clients only.",
  sources: [rfc(8252, "7.3")],
  portability: {
    message:
      "Some servers accept another port here only from a native client. Set `application_type` to native.",
  },
  bad: ['"redirect_uris": [«"http://127.0.0.1/callback"»]'],
  good: ['"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"'],
});
