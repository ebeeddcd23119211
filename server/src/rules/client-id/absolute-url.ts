import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { holdsPlaceholder, isAbsoluteUrl } from "../document/placeholder.js";
import { replaceString } from "../edits.js";
import { defineRule } from "../rule.js";

export const absoluteUrl = defineRule({
  id: "client-id/absolute-url",
  severity: "error",
  title: "client_id is an absolute URL",
  why: "In CIMD the identifier is the address the server fetches; a name from another registration cannot be fetched.",
  sources: [cimd("3")],
  bad: [
    '"client_id": «"my-client"»',
    '"client_id": «"/oauth/client.json"»',
    '"client_id": «"https:app.acme.dev/c"»',
    '"client_id": «"https:/app.acme.dev/c"»',
    '"client_id": «"your-client-id"»',
    '"client_id": «"${CLIENT_ID}"»',
    '"client_id": «"<client_id>"»',
    '"client_id": «"TODO"»',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  check(document, report) {
    const node = document.string("client_id");
    if (!node || node.value === "" || isAbsoluteUrl(node.value)) return;
    report({
      at: node,
      pointer: "/client_id",
      message: holdsPlaceholder(node.value)
        ? say`\`client_id\` must be the https URL of this file, and this is a placeholder (CIMD draft-03 §3). Write the full address where it will be served.`
        : say`\`client_id\` is not an absolute URL, so no server can fetch it (CIMD draft-03 §3). Write the full address of this file: https://, host and path.`,
    });
  },
  fix(document) {
    const node = document.string("client_id");
    // `app.acme.dev/client.json`, with the scheme left out.
    if (!node || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S+$/i.test(node.value)) return [];
    const corrected = `https://${node.value}`;
    return [
      { title: say`Add the scheme: ${corrected}`, edits: [replaceString(node, corrected)], preferred: true },
    ];
  },
});
