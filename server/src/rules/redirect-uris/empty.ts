import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { needsRedirect } from "./missing.js";

export const empty = defineRule({
  id: "redirect-uris/empty",
  severity: "error",
  title: "The list of redirect URIs is not empty",
  why: "An empty list allows no sign-in, and FastMCP, Cloudflare and Auth0 refuse the document for it.",
  sources: [rfc(7591, "2"), mcp("client-registration")],
  bad: ['"redirect_uris": «[]»'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const list = document.array("redirect_uris");
    if (!list || list.items.length > 0 || !list.closed || !needsRedirect(document)) return;
    report({
      at: list,
      pointer: "/redirect_uris",
      message: say`\`redirect_uris\` is empty, so no sign-in can be completed (RFC 7591 §2, MCP). Add the addresses your client listens on.`,
    });
  },
});
