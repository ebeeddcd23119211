import {
  type ClientMetadataDocument,
  MAX_BYTES,
  MAX_ENTRIES,
} from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { startOf } from "../../document/locate.js";
import { rangeInString } from "../../document/rangeInString.js";
import type { JsonNode, Member } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { fieldByName } from "../../metadata/fields.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { splitUri } from "../../uri/splitUri.js";
import { removeMember, replaceString } from "../edits.js";
import { defineRule } from "../rule.js";
import { isSuspect, suspectStrings } from "../stringValues.js";

/** Members in which two values of one name decide who the client is. */
const IDENTITY: ReadonlySet<string> = new Set([
  "client_id",
  "redirect_uris",
  "token_endpoint_auth_method",
  "token_endpoint_auth_methods_supported",
  "jwks",
  "jwks_uri",
]);

export const duplicateKey = defineRule({
  id: "document/duplicate-key",
  severity: "warning",
  coveredByJsonService: true,
  title: "Every member name appears once",
  why: "Parsers disagree about which of two members counts; what you see may not be what a server reads.",
  sources: [rfc(8259, "4")],
  bad: [
    '«"client_name"»: "Acme", "client_name": "Acme Desktop"',
    '«"token_endpoint_auth_method"»: "private_key_jwt", "token_endpoint_auth_method": "none"',
  ],
  good: ['"client_name": "Acme", "client_name#fr": "Acmé"'],
  check(document, report) {
    if (!document.repeatsNames) return;
    for (const member of document.object?.members ?? []) {
      const name = member.key.value;
      const last = document.member(name);
      if (!last || last === member) continue;
      report({
        at: member.key,
        pointer: jsonPointer(name),
        message: say`\`${name}\` appears twice; most parsers read the last one and drop this (RFC 8259 §4). Keep one of them.`,
        severity: IDENTITY.has(name) ? "error" : "warning",
        related: [
          { offset: last.key.offset, end: last.key.end, message: say`The one that most parsers read` },
        ],
        tags: ["unnecessary"],
      });
    }
  },
  fix(document, { offset }) {
    const object = document.object;
    const member = object?.members.find(({ key }) => key.offset === offset);
    return object && member
      ? [
          {
            title: say`Delete this one, keep the last`,
            edits: [removeMember(document, object, member)],
            preferred: true,
            // Who the client is, is the author's to say.
            safe: !IDENTITY.has(member.key.value) || saysTheSame(document, member),
          },
        ]
      : [];
  },
});

/** Whether a member has the value of the last one of its name, letter by letter. */
function saysTheSame(document: ClientMetadataDocument, { key, value }: Member): boolean {
  const last = document.member(key.value)?.value;
  const textOf = (node: JsonNode | undefined) => node && document.text.slice(node.offset, node.end);
  return textOf(value) === textOf(last);
}

/** Bytes that the drafts recommend servers to read at most, and where most of them stop. */
const SIZE = { recommended: 5000, common: 5120, near: 4096 };

export const size = defineRule({
  id: "document/size",
  severity: "warning",
  title: "The document stays below 5 kilobytes",
  why: "The draft recommends that servers stop reading at 5 kilobytes: Keycloak stops at 5,000 bytes, most others at 5,120. A longer document is an error there.",
  sources: [cimd("8.7")],
  bad: [
    `=«{»"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "software_id": "${"a".repeat(4900)}"}`,
  ],
  good: [`"software_id": "${"a".repeat(3000)}"`],
  check(document, report) {
    const { byteLength } = document;
    if (document.tooLarge) {
      report({
        at: document.root ? startOf(document.root) : { offset: 0, end: 0 },
        pointer: "",
        severity: "error",
        message: say`The document has more than ${MAX_BYTES.toLocaleString("en-US")} bytes, which no known server reads (CIMD draft-02 §8.7); only its size and its syntax were checked. Move keys to jwks_uri, or drop translations and contacts.`,
      });
      return;
    }
    const isPartial = document.hasLongList;
    if (byteLength < SIZE.near && !isPartial) return;
    const bytes = byteLength.toLocaleString("en-US");
    const over = byteLength > SIZE.recommended;
    const at = document.root ? startOf(document.root) : { offset: 0, end: 0 };
    report({
      at,
      pointer: "",
      severity: !over
        ? "information"
        : byteLength > SIZE.common && !isAtproto(document)
          ? "error"
          : "warning",
      message: [
        over
          ? say`The document has ${bytes} bytes, and servers stop reading at 5,000 or 5,120 (CIMD draft-02 §8.7). Move keys to jwks_uri, or drop translations and contacts.`
          : say`The document has ${bytes} of the 5,000 bytes that servers read (CIMD draft-02 §8.7). Move keys to jwks_uri before it grows.`,
        ...(isPartial
          ? [say`Of longer lists, only the first ${MAX_ENTRIES} entries were looked at one by one.`]
          : []),
      ].join(" "),
    });
  },
});

/** atproto servers read far longer documents (512 KiB in @atproto/oauth-provider). */
function isAtproto(document: ClientMetadataDocument): boolean {
  return document.string("scope")?.value.split(" ").includes("atproto") ?? false;
}

function isUrlMember(name: string): boolean {
  const kind = fieldByName(name)?.kind;
  return kind === "url" || kind === "url[]" || name === "client_id";
}

/** Members with a rule of their own for the empty string. */
const OWN_EMPTY: ReadonlySet<string> = new Set(["client_id", "client_name", "redirect_uris", "scope"]);

export const emptyString = defineRule({
  id: "document/empty-string",
  severity: "warning",
  title: "Members are left out rather than empty",
  why: "An empty string is a value: servers that want a URL refuse the whole document for it.",
  sources: [rfc(7591, "2")],
  bad: ['"logo_uri": «""»', '"software_id": «""»'],
  good: ['"logo_uri": "https://app.acme.dev/logo.png"'],
  check(document, report) {
    for (const { node, pointer, name, direct } of suspectStrings(document)) {
      if (!direct || node.value !== "" || OWN_EMPTY.has(name)) continue;
      const url = isUrlMember(name);
      report({
        at: node,
        pointer,
        severity: url ? "error" : "warning",
        message: url
          ? say`\`${name}\` is empty and must be a URL (RFC 7591 §2); FastMCP and oidc-provider refuse the document. Delete the member or add the URL.`
          : say`\`${name}\` is empty. Delete the member or give it a value.`,
      });
    }
  },
  fix(document, { offset }) {
    const object = document.object;
    const member = object?.members.find(({ value }) => value?.offset === offset);
    return object && member
      ? [
          {
            title: say`Delete ${JSON.stringify(member.key.value)}`,
            edits: [removeMember(document, object, member)],
            preferred: true,
          },
        ]
      : [];
  },
});

export const outerSpace = defineRule({
  id: "document/leading-trailing-space",
  severity: "warning",
  title: "Values have no white space around them",
  why: "Servers compare values character by character: a trailing space makes another client identifier URL and another redirect URI.",
  sources: [rfc(3986, "2"), cimd("3")],
  bad: ['"client_uri": «" https://app.acme.dev"»', '"software_id": «"acme "»'],
  good: ['"client_name": "Acme Desktop"'],
  check(document, report) {
    for (const { node, pointer, name, direct } of suspectStrings(document)) {
      const trimmed = node.value.trim();
      if (!direct || trimmed === node.value || trimmed === "") continue;
      report({
        at: node,
        pointer,
        severity: isUrlMember(name) ? "error" : "warning",
        message: node.value.startsWith(trimmed)
          ? say`The value of \`${name}\` has white space at its end, and servers compare exactly. Delete it.`
          : say`The value of \`${name}\` has white space at its start, and servers compare exactly. Delete it.`,
      });
    }
  },
  fix(document, { offset }) {
    const found = suspectStrings(document).find(({ node }) => node.offset === offset);
    return found
      ? [
          {
            title: say`Delete the white space around the value`,
            edits: [replaceString(found.node, found.node.value.trim())],
            preferred: true,
            safe: true,
          },
        ]
      : [];
  },
});

/** An address on a name that is reserved for documentation. `suspectStrings` finds the strings to look at. */
export const EXAMPLE_HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@)?(?:[^/?#:]+\.)?(?:example\.(?:com|net|org)|[^/?#:.]+\.example|example)(?=[.]?(?:[:/?#]|$))/i;
/**
 * What templates and generators leave; HTML tags are somebody's attack, not a template. `isSuspect` knows the strings to
 * look at by a part of each.
 */
export const TEMPLATES: readonly RegExp[] = [
  /\byour[-_ ]?(?:domain|app|client|host|site|company)(?:[-_ ]?name)?\b|<(?!\/?(?:script|img|svg|iframe|style|b|i|a)\b)[^<>="'/]{1,80}>|\{\{[^{}]{1,80}\}\}|\$\{[^${}]{1,80}\}|\bchange[-_ ]?me\b|\breplace[-_ ]?me\b/i,
  /%[A-Z][A-Z0-9]*_[A-Z0-9_]{1,40}%|__[A-Z][A-Z0-9_]{2,40}__|\bTODO\b/,
];

/** True for text that a template or a generator left for the author to replace. */
export function holdsPlaceholder(text: string): boolean {
  return isSuspect(text) && findTemplate(text) !== undefined;
}

function findTemplate(text: string): RegExpExecArray | undefined {
  for (const pattern of TEMPLATES) {
    const found = pattern.exec(text);
    if (found) return found;
  }
  return undefined;
}

export const placeholder = defineRule({
  id: "document/placeholder",
  severity: "warning",
  title: "No placeholder is left",
  why: "Templates and generators leave YOUR-DOMAIN, <…>, ${…} or example.com behind; the document works only with the real value.",
  sources: [rfc(2606, "3")],
  bad: [
    '"client_id": "https://«YOUR-DOMAIN».com/path/to/client"',
    '"client_name": "«${APP_NAME}»"',
    '"client_uri": "https://acme.dev/«{{path}}»"',
    '"client_uri": "«https://www.example.com»/about"',
  ],
  good: ['"client_uri": "https://examples.acme.dev"', '"client_name": "Acme {beta}"'],
  check(document, report) {
    const places = placeholders(document);
    const first = places.find(({ template }) => template) ?? places[0];
    if (!first) return;
    report({
      at: first.at,
      pointer: first.pointer,
      severity: first.template ? "warning" : "information",
      message: first.template
        ? say`\`${first.text.slice(0, 60)}\` looks like a placeholder. Put the real value in.`
        : say`This is a documentation name that nobody can use (RFC 2606). Put your own domain in before you deploy.`,
      related: places
        .filter((place) => place !== first)
        .map(({ at, pointer, text }) => ({ ...at, pointer, message: say`Also here: ${text.slice(0, 60)}` })),
    });
  },
});

interface Placeholder {
  readonly at: { readonly offset: number; readonly end: number };
  readonly pointer: string;
  readonly text: string;
  /** Left by a template; else a documentation name. */
  readonly template: boolean;
}

/** What is to be replaced, in text order. A `client_id` that is no URL at all has an error of its own. */
function placeholders(document: ClientMetadataDocument): Placeholder[] {
  return suspectStrings(document).flatMap(({ node, pointer, direct }): Placeholder[] => {
    if (!direct || (pointer === "/client_id" && !isAbsoluteUrl(node.value))) return [];
    const template = findTemplate(node.value);
    const found = template ?? EXAMPLE_HOST.exec(node.value);
    if (!found) return [];
    const at = rangeInString(node, found.index, found.index + found[0].length);
    return [{ at, pointer, text: found[0], template: template !== undefined }];
  });
}

/** Whether a text has a scheme and a host, as every URL that can be fetched does. */
export function isAbsoluteUrl(text: string): boolean {
  const { scheme, host } = splitUri(text);
  return scheme !== undefined && (host ?? "") !== "";
}

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
