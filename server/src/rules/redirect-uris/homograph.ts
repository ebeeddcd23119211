import { say } from "../../localisation/say.js";
import { mcp, uts39 } from "../../specifications/sources.js";
import { findHomograph } from "../../uri/homograph.js";
import { hostRange } from "../../uri/uriParts.js";
import { redirectRule } from "./redirectRule.js";

export const homograph = redirectRule({
  id: "redirect-uris/homograph",
  severity: "warning",
  title: "The host of a redirect cannot be mistaken for another one",
  why: "The host of the redirect is what the consent screen must show. Letters that look like others make people agree to the wrong one.",
  sources: [uts39("4"), uts39("5.2"), mcp("security-considerations")],
  bad: ['"redirect_uris": ["https://«xn--pple-43d.acme.dev»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  test(uri) {
    const found = findHomograph(uri.parts.host ?? "");
    if (!found) return undefined;
    return {
      ...hostRange(uri.parts),
      message:
        found.looksLike === undefined
          ? say`\`${found.label}\` mixes letters of several scripts, and the consent screen shows this host (UTS 39). Use an ASCII name.`
          : say`\`${found.label}\` looks like ${found.looksLike}, and the consent screen shows this host (UTS 39). Use an ASCII name.`,
    };
  },
});
