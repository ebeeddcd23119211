import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Told by servers that let only some forms of redirect URIs through until their operator allows others. */
export const redirectOperatorAllowlist = defineRule({
  id: "redirect-uris/operator-allowlist",
  severity: "hint",
  viewOnly: true,
  title: "The server's operator allows the redirect URI",
  why: "A server for command-line tools may let only redirects to the user's own machine through, some of them only with a port, until its operator allows more.",
  sources: [rfc(8252, "7.3")],
  portability: {
    message:
      "Some servers let only redirect URIs through that their operator allows. Ask the operator to allow this one.",
  },
  bad: ['"redirect_uris": [«"https://app.acme.dev/callback"»]'],
  good: ['"redirect_uris": ["http://127.0.0.1:8080/callback"], "application_type": "native"'],
});
