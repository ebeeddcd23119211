import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findAbnormalPercent, findBadPercent, findDotSegment, normalisePercent } from "../../uri/spelling.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const percentEncodingInvalid = clientIdRule({
  id: "client-id/percent-encoding-invalid",
  severity: "error",
  title: "Every % in client_id starts a percent-encoding",
  why: "A lone percent sign is not a URL; servers refuse it or encode it, and then it is another identifier.",
  sources: [rfc(3986, "2.1")],
  bad: ['"client_id": "https://app.acme.dev/100«%»zz/client"'],
  good: ['"client_id": "https://app.acme.dev/100%25/client"'],
  test({ raw }) {
    const found = findBadPercent(raw);
    return (
      found && {
        ...found,
        message: say`Two hex digits must follow a \`%\` (RFC 3986 §2.1). Write \`%25\` for the sign itself.`,
      }
    );
  },
});

export const percentEncodingNormal = clientIdRule({
  id: "client-id/percent-encoding-normal",
  severity: "warning",
  title: "Percent-encodings in client_id are in their normal form",
  why: "`%7E` and `~`, `%2f` and `%2F` mean the same and are different strings; whoever normalises the URL makes another client of it.",
  sources: [rfc(3986, "6.2.2"), cimd("3")],
  bad: [
    '"client_id": "https://app.acme.dev/«%7E»acme/client"',
    '"client_id": "https://app.acme.dev/a«%c3»%BC/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/a%20b/client"'],
  test({ parts }) {
    // Encoded dots of a dot segment are an error of their own.
    if (findDotSegment(parts.path, true)) return undefined;
    const found = findAbnormalPercent(parts.path);
    if (!found) return undefined;
    const start = offsetOf("path", parts);
    return {
      start: start + found.start,
      end: start + found.end,
      message: say`This percent-encoding has a simpler spelling, and servers compare strings (CIMD draft-03 §3). Write the character itself, or the hex digits in capitals.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, path: normalisePercent(parts.path) }),
  fixTitle: () => say`Normalise the percent-encoding`,
});
