import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { deleteMember } from "../deleteMember.js";
import { defineRule } from "../rule.js";
import { KEYS, METHOD } from "./examples.js";

export const both = defineRule({
  id: "jwks/both",
  severity: "error",
  title: "The keys are in the document or at a URL, not both",
  why: "The two could differ, so RFC 7591 forbids it; several servers refuse the document, others silently use one of them.",
  sources: [rfc(7591, "2")],
  bad: [`${METHOD}, «"jwks"»: ${KEYS}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  good: [`${METHOD}, "jwks": ${KEYS}`, `${METHOD}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  check(document, report) {
    const inline = document.member("jwks");
    const uri = document.member("jwks_uri");
    if (!inline || !uri) return;
    report({
      at: inline.key,
      pointer: "/jwks",
      message: say`\`jwks\` and \`jwks_uri\` must not both be there (RFC 7591 §2). Keep \`jwks_uri\`: keys can then change without touching this document.`,
      related: [{ offset: uri.key.offset, end: uri.key.end, message: say`The other one` }],
    });
  },
  fix: (document) => [
    ...deleteMember(document, document.member("jwks"), { preferred: true }),
    ...deleteMember(document, document.member("jwks_uri")),
  ],
});
