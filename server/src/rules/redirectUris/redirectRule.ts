import type { ClientMetadataDocument, RedirectEntry } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { stretchOf } from "../../document/stretch.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { offsetOf } from "../../uri/uriParts.js";
import { replaceString } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

/** A finding as offsets into the raw entry; without them the whole entry is meant. */
export interface RedirectFinding {
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  readonly severity?: Severity;
}

export interface RedirectRule
  extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "bad" | "good" | "portability"> {
  /** Called once an entry. */
  readonly test: (uri: RedirectUri, document: ClientMetadataDocument) => RedirectFinding | undefined;
  /** Ways to write the entry instead, best first; `preferred` marks the one right way. */
  readonly mend?: (
    uri: RedirectUri,
  ) => readonly { readonly title: string; readonly uri: string; readonly preferred?: true }[];
}

/** Makes a rule of a test of single redirect URIs. */
export function redirectRule({ test, mend, ...meta }: RedirectRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      for (const { index, node, uri } of document.redirects) {
        const found = test(uri, document);
        if (!found) continue;
        const { start = 0, end = node.value.length, message, severity } = found;
        const whole = start === 0 && end === node.value.length;
        report({
          at: whole ? node : stretchOf(node, start, end),
          pointer: jsonPointer("redirect_uris", index),
          message,
          ...(severity ? { severity } : {}),
        });
      }
    },
    ...(mend
      ? {
          fix(document, finding): readonly Fix[] {
            const entry = entryAt(document, finding.offset);
            return (entry ? mend(entry.uri) : []).map(({ title, uri, preferred }) => ({
              title: `${title}: ${uri}`,
              edits: entry ? [replaceString(entry.node, uri)] : [],
              ...(preferred ? { preferred } : {}),
            }));
          },
        }
      : {}),
  });
}

/** The redirect entry that covers an offset of the text. */
export function entryAt(document: ClientMetadataDocument, offset: number): RedirectEntry | undefined {
  return document.redirects.find(({ node }) => node.offset <= offset && offset < node.end);
}

/** Where the host of an entry stands in its raw text. */
export function hostStretch({ parts }: RedirectUri): { start: number; end: number } {
  const start = offsetOf("host", parts);
  return { start, end: start + (parts.host?.length ?? 0) };
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
