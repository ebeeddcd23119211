import { audiencesOf } from "../../document/audiences.js";
import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { rangeInString } from "../../document/rangeInString.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import type { UriParts } from "../../uri/splitUri.js";
import { replaceString } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

/** What a test of the client identifier URL sees. Everything is the raw string, never a parsed and re-written URL. */
export interface ClientIdContext {
  readonly raw: string;
  readonly parts: UriParts;
  readonly document: ClientMetadataDocument;
}

/** A finding as offsets into the raw URL; without them the whole value is meant. */
export interface ClientIdFinding {
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  readonly severity?: Severity;
}

export interface ClientIdRule
  extends Pick<
    Rule,
    "id" | "severity" | "title" | "why" | "sources" | "sameAs" | "stricter" | "bad" | "good"
  > {
  readonly test: (context: ClientIdContext) => ClientIdFinding | undefined;
  /** The corrected URL, or undefined when only the author can know it. */
  readonly fix?: (context: ClientIdContext) => string | undefined;
  /** Title of the fix; `fix` goes with it. */
  readonly fixTitle?: () => string;
}

/** Makes a rule of a test of the client identifier URL. Values that are no URL at all have rules of their own. */
export function clientIdRule({ test, fix, fixTitle, ...meta }: ClientIdRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      const context = contextOf(document);
      const found = context && test(context.context);
      if (!found) return;
      const { start = 0, end = context.context.raw.length, message, severity } = found;
      const whole = start === 0 && end === context.context.raw.length;
      report({
        at: whole ? context.node : rangeInString(context.node, start, end),
        pointer: "/client_id",
        message,
        ...(severity ? { severity } : {}),
      });
    },
    ...(fix
      ? {
          fix(document): readonly Fix[] {
            const context = contextOf(document);
            const corrected = context && fix(context.context);
            return context && corrected !== undefined && corrected !== context.context.raw
              ? [
                  {
                    title: `${fixTitle?.() ?? say`Correct the URL`}: ${corrected}`,
                    edits: [replaceString(context.node, corrected)],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}

function contextOf(
  document: ClientMetadataDocument,
): { readonly node: StringNode; readonly context: ClientIdContext } | undefined {
  const node = document.string("client_id");
  const parts = document.clientId;
  if (!node || !parts || parts.scheme === undefined || parts.authority === undefined) return undefined;
  return { node, context: { raw: node.value, parts, document } };
}

/**
 * An identifier that Community Solid Server takes while somebody develops on the same machine.
 *
 * Source: npm:@solid/community-server@7.2.0 dist/identity/storage/ClientIdAdapterFactory.js.
 */
export function isSolidLoopback({ raw, document }: ClientIdContext): boolean {
  return /^http:\/\/localhost(?::\d+)?(?:\/|$)/.test(raw) && audiencesOf(document).includes("solid");
}

/**
 * The virtual client of atproto developers (`http://localhost`, no port): no document exists for it, and the rule about
 * the host says so.
 */
export function isAtprotoLoopback(parts: UriParts): boolean {
  return (
    parts.scheme?.toLowerCase() === "http" &&
    parts.host?.toLowerCase() === "localhost" &&
    parts.port === undefined
  );
}
