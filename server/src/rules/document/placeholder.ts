import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { splitUri } from "../../uri/splitUri.js";
import { defineRule } from "../rule.js";
import { isSuspect, suspectStrings } from "../stringValues.js";

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
