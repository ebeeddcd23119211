import type { ClientMetadataDocument, RedirectEntry } from "../../document/clientMetadataDocument.js";
import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { removeItem, replaceString } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

/** A finding as offsets into the raw entry; without them the whole entry is meant. */
export interface RedirectFinding {
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  readonly severity?: Severity;
}

/** One way to write an entry instead. */
export interface Rewrite {
  readonly title: string;
  readonly uri: string;
  /** The one right way. */
  readonly preferred?: true;
}

export interface RedirectRule
  extends Pick<
    Rule,
    "id" | "severity" | "title" | "why" | "sources" | "bad" | "good" | "portability" | "comparedWith"
  > {
  /** Called once for each entry. */
  readonly test: (uri: RedirectUri, document: ClientMetadataDocument) => RedirectFinding | undefined;
  /** Ways to write the entry instead, best first. */
  readonly fix?: (uri: RedirectUri) => readonly Rewrite[];
}

/** Makes a rule of a test of single redirect URIs. */
export function redirectRule({ test, fix, ...meta }: RedirectRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      for (const entry of document.redirects) {
        const { node, uri } = entry;
        const found = test(uri, document);
        if (!found) continue;
        const { start = 0, end = node.value.length, message, severity } = found;
        const whole = start === 0 && end === node.value.length;
        report({
          at: whole ? node : rangeInString(node, start, end),
          pointer: entry.pointer,
          message,
          ...(severity ? { severity } : {}),
        });
      }
    },
    ...(fix
      ? {
          fix(document, finding): readonly Fix[] {
            const entry = entryAt(document, finding.offset);
            return entry ? fix(entry.uri).map((way) => fixFor(document, entry, way)) : [];
          },
        }
      : {}),
  });
}

/** Writes the entry the other way, or deletes it where the list has that already. */
function fixFor(
  document: ClientMetadataDocument,
  entry: RedirectEntry,
  { title, uri, preferred }: Rewrite,
): Fix {
  const list = document.array("redirect_uris");
  const listed = list && document.redirects.some(({ node }) => node !== entry.node && node.value === uri);
  return {
    title: listed ? say`Delete the entry, for the list has ${uri}` : `${title}: ${uri}`,
    edits: [listed ? removeItem(document, list.items, entry.node) : replaceString(entry.node, uri)],
    ...(preferred ? { preferred } : {}),
  };
}

/** The redirect entry that covers an offset of the text. */
export function entryAt(document: ClientMetadataDocument, offset: number): RedirectEntry | undefined {
  return document.redirects.find(({ node }) => node.offset <= offset && offset < node.end);
}

/** Scheme and, for web addresses, host are written out; what is not has one problem, whatever else is wrong in it. */
export function isAbsolute(uri: RedirectUri): boolean {
  const hostless = (uri.scheme === "http" || uri.scheme === "https") && !uri.parts.host;
  return uri.kind !== "relative" && !hostless && !isHostWithPort(uri);
}

/** `localhost:8080/callback`: to RFC 3986 the host is a scheme; its author left the scheme out. */
export function isHostWithPort({ parts }: RedirectUri): boolean {
  return parts.scheme !== undefined && parts.authority === undefined && /^\d{1,5}(?:\/|$)/.test(parts.path);
}

/** True for http and https URLs with a host. */
export function isWeb({ scheme, parts }: RedirectUri): boolean {
  return (scheme === "https" || scheme === "http") && parts.authority !== undefined;
}
