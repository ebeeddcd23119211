import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { stretchOf } from "../../document/stretch.js";
import { say } from "../../localisation/say.js";
import { replaceString } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Rule } from "../rule.js";
import { type UriMember, uriMembers } from "./uriMembers.js";

/** A finding as offsets into the URI; without them the whole value is meant. */
export interface UriFinding {
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  readonly severity?: Severity;
}

export interface UriRule
  extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "bad" | "good" | "portability"> {
  /** The fields it looks at, without language tags; all of kind `url` when absent. */
  readonly fields?: ReadonlySet<string>;
  readonly test: (uri: UriMember, document: ClientMetadataDocument) => UriFinding | undefined;
  /** The mended URI, or undefined when only the author can know it. */
  readonly mend?: (uri: UriMember) => string | undefined;
  /** Title of the fix; `mend` goes with it. */
  readonly mendTitle?: () => string;
}

/** Makes a rule of a test of the URIs that stand in members other than `client_id` and `redirect_uris`. */
export function uriRule({ fields, test, mend, mendTitle, ...meta }: UriRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      for (const uri of uriMembers(document)) {
        if (fields && !fields.has(uri.field)) continue;
        const found = test(uri, document);
        if (!found) continue;
        const { value } = uri.node;
        const { start = 0, end = value.length, message, severity } = found;
        report({
          at: start === 0 && end === value.length ? uri.node : stretchOf(uri.node, start, end),
          pointer: uri.pointer,
          message,
          ...(severity ? { severity } : {}),
        });
      }
    },
    ...(mend
      ? {
          fix(document, { pointer }) {
            const uri = uriMembers(document).find((member) => member.pointer === pointer);
            const mended = uri && mend(uri);
            return uri && mended !== undefined && mended !== uri.node.value
              ? [
                  {
                    title: `${mendTitle?.() ?? say`Correct the URL`}: ${mended}`,
                    edits: [replaceString(uri.node, mended)],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}
