import { say } from "../../localisation/say.js";
import { cimd, mcp } from "../../specifications/sources.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";

export const urlMismatch = defineRule({
  id: "client-id/url-mismatch",
  severity: "error",
  title: "client_id equals the URL the document is served from",
  why: "Servers compare the two character by character: one slash, one capital or one www more and the client is unknown.",
  sources: [cimd("4"), mcp("client-registration")],
  // Executed with the document served from https://app.acme.dev/oauth/client.
  bad: [
    '"client_id": «"https://app.acme.dev/oauth/clients"»',
    '"client_id": «"https://www.acme.dev/oauth/client"»',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  check(document, report) {
    const { servedFrom } = document;
    const node = document.string("client_id");
    if (servedFrom === undefined || !node || node.value === "" || node.value === servedFrom) return;
    report({
      at: node,
      pointer: "/client_id",
      message: say`\`client_id\` is not the URL the document is served from, which servers compare character by character (CIMD draft-03 §4). Write ${shortened(servedFrom)}.`,
    });
  },
  fix(document) {
    const node = document.string("client_id");
    return node && document.servedFrom !== undefined
      ? [
          {
            title: say`Use ${document.servedFrom}`,
            edits: [replaceString(node, document.servedFrom)],
            preferred: true,
          },
        ]
      : [];
  },
});

function shortened(url: string): string {
  return url.length > 60 ? `${url.slice(0, 59)}…` : url;
}
