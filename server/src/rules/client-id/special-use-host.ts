import { SOLID_CONTEXT } from "../../document/audiences.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { hostRange } from "../../uri/uriParts.js";
import { virtualClientId } from "../atproto/virtualClientId.js";
import { clientIdRule, isAtprotoLoopback, isSolidLoopback } from "./clientIdRule.js";

export const specialUseHost = clientIdRule({
  id: "client-id/special-use-host",
  severity: "error",
  title: "client_id is on a public host",
  why: "Servers must not fetch from loopback, private or other special-use addresses: such an address is theirs, not yours.",
  sources: [cimd("9.6"), rfc(6890, "2.2.2")],
  bad: [
    '"client_id": "https://«localhost»/oauth/client"',
    '"client_id": "https://«127.0.0.1»/oauth/client"',
    '"client_id": "https://«0x7f.1»/oauth/client"',
    '"client_id": "https://«[::1]»/oauth/client"',
    '"client_id": "https://«10.1.2.3»/oauth/client"',
    `"@context": "${SOLID_CONTEXT}", "client_id": "http://«localhost»:3000/id"`,
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test(context) {
    const { parts, document } = context;
    const kind = hostKind(parts.host ?? "");
    if (kind !== "special-use-address" && kind !== "localhost") return undefined;
    if (isSolidLoopback(context)) {
      return {
        ...hostRange(parts),
        severity: "warning",
        message: say`Only a Solid server on this machine can read this: Community Solid Server takes \`http://localhost\` for development. For all others, deploy the file to a public https host.`,
      };
    }
    return {
      ...hostRange(parts),
      message: isAtprotoLoopback(parts)
        ? say`The \`http://localhost\` client of atproto has no document of its own, and other servers refuse it (CIMD draft-03 §9.6). Delete the file and use ${virtualClientId(document)}, or deploy it to a public https host.`
        : say`Servers must not fetch from this host, which is their own machine or network (CIMD draft-03 §9.6). Deploy the file to a public host; a CIMD service or a tunnel helps while developing.`,
    };
  },
});
