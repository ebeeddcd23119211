import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const encoding = defineRule({
  id: "document/encoding",
  severity: "warning",
  title: "The file is UTF-8",
  why: "JSON is UTF-8 (RFC 8259 §8.1). Bytes in another encoding are shown as U+FFFD; strict servers refuse them, others show them to your users.",
  sources: [rfc(8259, "8.1")],
  bad: ['"client_name": "Acm«\ufffd»"'],
  good: ['"client_name": "Acmé"'],
  check(document, report) {
    const at = document.text.indexOf("\ufffd");
    if (at < 0) return;
    let end = at + 1;
    while (document.text.charCodeAt(end) === 0xfffd) end++;
    report({
      at: { offset: at, end },
      pointer: "",
      message: say`Some bytes could not be read as UTF-8, which JSON must be (RFC 8259 §8.1). Save the file as UTF-8 and type the character again.`,
    });
  },
});
