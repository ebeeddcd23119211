import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { findIllegalAscii } from "../../uri/spelling.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { clientIdRule } from "./clientIdRule.js";

export const illegalCharacter = clientIdRule({
  id: "client-id/illegal-character",
  severity: "error",
  title: "client_id has only characters that URLs allow",
  why: "Spaces, quotes and brackets are repaired by some parsers and refused by others; oidc-provider, Cloudflare and better-auth refuse.",
  sources: [rfc(3986, "2")],
  bad: ['"client_id": "https://app.acme.dev/my« »client"', '"client_id": "https://app.acme.dev/a«{»1}"'],
  good: ['"client_id": "https://app.acme.dev/my%20client"'],
  test({ raw }) {
    if (holdsPlaceholder(raw)) return undefined;
    const found = findIllegalAscii(raw.replaceAll("\\", "/"));
    return (
      found && {
        ...found,
        message: say`A URL cannot hold ${describe(raw.charAt(found.start))} (RFC 3986 §2). Percent-encode it, or better leave it out.`,
      }
    );
  },
  fix: ({ raw }) => raw.trim().replace(/[ "<>^`{|}]/g, encodeURIComponent),
  fixTitle: () => say`Percent-encode it`,
});

function describe(character: string): string {
  if (character === " ") return say`a space`;
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? say`a control character` : `\`${character}\``;
}
