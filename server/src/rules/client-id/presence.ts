import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, mcp, rfc } from "../../specifications/sources.js";
import { holdsPlaceholder, isAbsoluteUrl } from "../document/text.js";
import { addMember, replaceString } from "../edits.js";
import { defineRule } from "../rule.js";

export const missing = defineRule({
  id: "client-id/missing",
  severity: "error",
  coveredByJsonService: true,
  title: "The document names its own URL as client_id",
  why: "Servers compare `client_id` with the URL they fetched the document from; without it nobody is identified.",
  sources: [cimd("4"), mcp("client-registration")],
  bad: [
    '=«{»"client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    if (!document.object || !document.complete || document.has("client_id")) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The document has no \`client_id\`, so no server can tell whose it is (CIMD draft-02 §4). Add the URL where this file will be served.`,
    });
  },
  fix(document) {
    if (document.servedFrom === undefined) return [];
    const edit = addMember(document, "client_id", document.servedFrom);
    return edit ? [{ title: say`Add client_id ${document.servedFrom}`, edits: [edit], preferred: true }] : [];
  },
});

export const type = defineRule({
  id: "client-id/type",
  severity: "error",
  coveredByJsonService: true,
  title: "client_id is a string",
  why: "The client identifier is a URL, written as a JSON string; anything else is refused everywhere.",
  sources: [rfc(7591, "3.2.1"), cimd("4")],
  bad: ['"client_id": «42»', '"client_id": «null»', '"client_id": «""»'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  check(document, report) {
    const value = document.value("client_id");
    if (!value || value.type === "invalid" || (value.type === "string" && value.value !== "")) return;
    report({
      at: value.type === "object" || value.type === "array" ? startOf(value) : value,
      pointer: "/client_id",
      message:
        value.type === "string"
          ? say`\`client_id\` is empty (CIMD draft-02 §4). Write the URL where this file will be served.`
          : say`\`client_id\` must be a string with the URL of this document (CIMD draft-02 §4). Write the https URL in double quotes.`,
    });
  },
});

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
        ? say`\`client_id\` must be the https URL of this file, and this is a placeholder (CIMD draft-02 §3). Write the full address where it will be served.`
        : say`\`client_id\` is not an absolute URL, so no server can fetch it (CIMD draft-02 §3). Write the full address of this file: https://, host and path.`,
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
      message: say`\`client_id\` is not the URL the document is served from, which servers compare character by character (CIMD draft-02 §4). Write ${shortened(servedFrom)}.`,
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
