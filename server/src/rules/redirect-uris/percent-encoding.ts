import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { findAbnormalPercent, findBadPercent, normalisePercent } from "../../uri/spelling.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { dotSegment } from "./dot-segment.js";
import { isAbsolute, isWeb, redirectRule } from "./redirectRule.js";

export const percentEncodingInvalid = redirectRule({
  id: "redirect-uris/percent-encoding-invalid",
  severity: "error",
  title: "Every % in a redirect URI starts a percent-encoding",
  why: "A lone percent sign is not a URI; servers refuse it or encode it, and then it no longer matches.",
  sources: [rfc(3986, "2.1")],
  bad: ['"redirect_uris": ["https://app.acme.dev/100«%»/callback"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/100%25/callback"]'],
  test(uri) {
    const { raw } = uri;
    if (!raw.includes("%") || holdsPlaceholder(raw) || !isAbsolute(uri)) return undefined;
    const found = findBadPercent(raw);
    return (
      found && {
        ...found,
        message: say`Two hex digits must follow a \`%\` (RFC 3986 §2.1), so this is no URI. Write \`%25\` for the sign itself.`,
      }
    );
  },
  fix: ({ raw }) => [
    {
      title: say`Encode the percent sign`,
      uri: raw.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"),
      preferred: true,
    },
  ],
});

export const percentEncodingNormal = redirectRule({
  id: "redirect-uris/percent-encoding-normal",
  severity: "warning",
  title: "Percent-encodings in redirect URIs are in their normal form",
  why: "`%7E` and `~`, `%2f` and `%2F` mean the same and are different texts, and servers compare texts.",
  sources: [rfc(3986, "6.2.2"), rfc(9700, "2.1")],
  bad: [
    '"redirect_uris": ["https://app.acme.dev/«%7E»acme/callback"]',
    '"redirect_uris": ["https://app.acme.dev/a«%c3»%BC/callback"]',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/a%20b/callback"]'],
  test(uri) {
    // Encoded dots of a dot segment have a rule of their own.
    if (!uri.parts.path.includes("%") || !isWeb(uri) || dotSegment(uri)) return undefined;
    const found = findAbnormalPercent(uri.parts.path);
    if (!found) return undefined;
    const start = offsetOf("path", uri.parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`This percent-encoding has a simpler spelling (RFC 3986 §6.2.2), and servers compare the text. Write the character itself, or the hex digits in capitals.`,
    };
  },
  fix: ({ parts }) => [
    {
      title: say`Normalise the percent-encoding`,
      uri: joinUri({ ...parts, path: normalisePercent(parts.path) }),
      preferred: true,
    },
  ],
});
