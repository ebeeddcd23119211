import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, mcp, rfc } from "../../specifications/sources.js";
import { removeItem, replaceNode } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";

/** Grants that end in a redirect (RFC 6749 §4.1, §4.2). */
const REDIRECT_GRANTS: ReadonlySet<string> = new Set(["authorization_code", "implicit"]);

/** True when the document says, by its grants or by leaving them out (RFC 7591 §2), that users are redirected. */
function needsRedirect(document: ClientMetadataDocument): boolean {
  if (!document.has("grant_types")) return true;
  const grants = document.strings("grant_types");
  return grants.length === 0 || grants.some(({ node }) => REDIRECT_GRANTS.has(node.value));
}

const missing = defineRule({
  id: "redirect-uris/missing",
  severity: "error",
  title: "The document lists redirect URIs",
  why: "The server sends the user back only to an address that the document lists; without one no sign-in can be completed.",
  sources: [rfc(7591, "2"), mcp("client-registration"), cimd("4.2")],
  bad: [
    '=«{»"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: [
    '"redirect_uris": ["https://app.acme.dev/callback"]',
    '={"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json", "grant_types": ["client_credentials"], "response_types": []}',
  ],
  check(document, report) {
    if (!document.object || !document.complete || document.has("redirect_uris") || !needsRedirect(document))
      return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The document has no \`redirect_uris\`, so no sign-in can be completed (RFC 7591 §2, MCP). Add the addresses your client listens on.`,
    });
  },
});

const empty = defineRule({
  id: "redirect-uris/empty",
  severity: "error",
  title: "The list of redirect URIs is not empty",
  why: "An empty list allows no sign-in, and FastMCP, Cloudflare and Auth0 refuse the document for it.",
  sources: [rfc(7591, "2"), mcp("client-registration")],
  bad: ['"redirect_uris": «[]»'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const list = document.array("redirect_uris");
    if (!list || list.items.length > 0 || !list.closed || !needsRedirect(document)) return;
    report({
      at: list,
      pointer: "/redirect_uris",
      message: say`\`redirect_uris\` is empty, so no sign-in can be completed (RFC 7591 §2, MCP). Add the addresses your client listens on.`,
    });
  },
});

const type = defineRule({
  id: "redirect-uris/type",
  severity: "error",
  coveredByJsonService: true,
  title: "redirect_uris is an array of strings",
  why: "Even a single address must be in an array; every server refuses a plain string.",
  sources: [rfc(7591, "2")],
  bad: [
    '"redirect_uris": «"https://app.acme.dev/callback"»',
    '"redirect_uris": ["https://app.acme.dev/callback", «42»]',
    '"redirect_uris": [«""»]',
    '"redirect_uris": «null»',
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const value = document.value("redirect_uris");
    if (!value || value.type === "invalid") return;
    if (value.type !== "array") {
      report({
        at: value.type === "object" ? startOf(value) : value,
        pointer: "/redirect_uris",
        message:
          value.type === "string"
            ? say`\`redirect_uris\` must be an array of strings (RFC 7591 §2). Put the value into square brackets.`
            : say`\`redirect_uris\` must be an array of strings (RFC 7591 §2). Write the list itself: square brackets with the addresses in them.`,
      });
      return;
    }
    value.items.forEach((item, index) => {
      if (item.type === "invalid" || (item.type === "string" && item.value !== "")) return;
      report({
        at: item.type === "object" || item.type === "array" ? startOf(item) : item,
        pointer: jsonPointer("redirect_uris", index),
        message: say`Every redirect URI must be a string that is not empty (RFC 7591 §2). Write the address, or delete the entry.`,
      });
    });
  },
  fix(document, { pointer, offset }) {
    const value = document.value("redirect_uris");
    if (value?.type === "string" && pointer === "/redirect_uris" && value.value !== "") {
      return [
        {
          title: say`Put it into an array`,
          edits: [replaceNode(value, [value.value])],
          preferred: true,
          safe: true,
        },
      ];
    }
    const item = value?.type === "array" ? value.items.find((node) => node.offset === offset) : undefined;
    return value?.type === "array" && item?.type === "string"
      ? [
          {
            title: say`Delete the empty entry`,
            edits: [removeItem(document, value.items, item)],
            preferred: true,
          },
        ]
      : [];
  },
});

const duplicate = defineRule({
  id: "redirect-uris/duplicate",
  severity: "warning",
  title: "Every redirect URI appears once",
  why: "A second copy changes nothing where it is accepted, and Auth0 refuses it.",
  sources: [rfc(7591, "2")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback", «"https://app.acme.dev/callback"»]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback", "https://app.acme.dev/callback/"]'],
  check(document, report) {
    const first = new Map<string, { readonly offset: number; readonly end: number }>();
    for (const entry of document.redirects) {
      const { node } = entry;
      const earlier = first.get(node.value);
      if (!earlier) {
        first.set(node.value, node);
        continue;
      }
      if (node.value === "") continue;
      report({
        at: node,
        pointer: entry.pointer,
        message: say`This redirect URI is in the list already; Auth0 refuses repetitions. Delete it.`,
        related: [{ offset: earlier.offset, end: earlier.end, message: say`The first one` }],
        tags: ["unnecessary"],
      });
    }
  },
  fix(document, { offset }) {
    const list = document.array("redirect_uris");
    const item = list?.items.find((node) => node.offset === offset);
    return list && item
      ? [
          {
            title: say`Delete the repetition`,
            edits: [removeItem(document, list.items, item)],
            preferred: true,
            safe: true,
          },
        ]
      : [];
  },
});

const several = defineRule({
  id: "redirect-uris/wildcard-single",
  severity: "off",
  title: "A client with several redirect URIs sends redirect_uri",
  why: "With several redirect URIs, or a pattern, a request without redirect_uri names none of them, and servers refuse it. That is the client's code and not the document's, so the rule is off.",
  sources: [rfc(6749, "3.1.2.3")],
  bad: ['"redirect_uris": «[»"https://app.acme.dev/callback", "https://app.acme.dev/other"]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
  check(document, report) {
    const list = document.array("redirect_uris");
    const [first, second] = document.redirects;
    if (!list || !first || (!second && !first.uri.pattern)) return;
    report({
      at: startOf(list),
      pointer: "/redirect_uris",
      message: say`The list names no single address, so every authorization request must carry \`redirect_uri\` (RFC 6749 §3.1.2.3). See that your client sends it.`,
    });
  },
});

const tooMany = defineRule({
  id: "redirect-uris/too-many",
  severity: "information",
  title: "The list of redirect URIs is short",
  why: "Servers store the list and may show it; a few refuse documents with more than they want to keep.",
  sources: [rfc(7591, "2")],
  portability: {
    message: "Some servers accept fewer redirect URIs than this. List only those that the client sends.",
  },
  bad: [
    `"redirect_uris": «[${Array.from({ length: 21 }, (_, index) => `"https://app.acme.dev/cb${index}"`).join(", ")}]»`,
  ],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
});

const length = defineRule({
  id: "redirect-uris/length",
  severity: "information",
  title: "Redirect URIs are short",
  why: "RFC 3986 sets no limit, but databases and browsers do; a few servers refuse more than 2048 characters.",
  sources: [rfc(7591, "2")],
  portability: { message: "Some servers accept only shorter redirect URIs. Use a shorter one." },
  bad: [`"redirect_uris": [«"https://app.acme.dev/${"a".repeat(2048)}"»]`],
  good: ['"redirect_uris": ["https://app.acme.dev/callback"]'],
});

/** Rules about the list as a whole. */
export const listRules: readonly Rule[] = [missing, empty, type, duplicate, several, tooMany, length];
