import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { hostRange, joinUri } from "../../uri/uriParts.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { entryAt } from "./redirectRule.js";

export const localhostName = defineRule({
  id: "redirect-uris/localhost-name",
  severity: "hint",
  title: "Loopback redirects name the address, not localhost alone",
  why: "A machine may resolve localhost to another address, or a firewall may stop it; RFC 8252 §8.3 does not recommend the name. MCP's own examples use it, so this is only a hint.",
  sources: [rfc(8252, "8.3")],
  portability: { message: "Some servers do not accept `localhost`. List http://127.0.0.1 as well." },
  bad: ['"redirect_uris": ["http://«localhost»/callback"], "application_type": "native"'],
  good: [
    '"redirect_uris": ["http://127.0.0.1/callback", "http://[::1]/callback"], "application_type": "native"',
    '"redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"], "application_type": "native"',
  ],
  check(document, report) {
    // Whoever lists an address as well has done what the advice is for.
    const redirects = document.redirects;
    if (redirects.some(({ uri }) => uri.kind === "loopback" && isAddress(uri.parts.host))) return;
    for (const entry of redirects) {
      const { node, uri } = entry;
      if (uri.kind !== "loopback" || uri.pattern?.form === "malformed") continue;
      if (uri.parts.host?.toLowerCase() !== "localhost") continue;
      const { start, end } = hostRange(uri.parts);
      report({
        at: rangeInString(node, start, end),
        pointer: entry.pointer,
        message: say`The name \`localhost\` is not recommended (RFC 8252 §8.3): it may lead elsewhere. If your client can listen on it, list 127.0.0.1 too.`,
      });
    }
  },
  fix(document, { offset }) {
    const list = document.array("redirect_uris");
    const entry = entryAt(document, offset);
    if (!list || !entry) return [];
    const uri = joinUri({ ...entry.uri.parts, host: "127.0.0.1" });
    const edit = addItem(document, list, uri);
    return edit ? [{ title: say`List the address too: ${uri}`, edits: [edit] }] : [];
  },
});

function isAddress(host: string | undefined): boolean {
  return host === "127.0.0.1" || host === "[::1]";
}
