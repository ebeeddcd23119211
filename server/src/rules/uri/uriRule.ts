import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { rangeInString } from "../../document/rangeInString.js";
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
  /** The corrected URI, or undefined when only the author can know it. */
  readonly fix?: (uri: UriMember) => string | undefined;
  /** Title of the fix; `fix` goes with it. */
  readonly fixTitle?: () => string;
}

/** Makes a rule of a test of the URIs that stand in members other than `client_id` and `redirect_uris`. */
export function uriRule({ fields, test, fix, fixTitle, ...meta }: UriRule): Rule {
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
          at: start === 0 && end === value.length ? uri.node : rangeInString(uri.node, start, end),
          pointer: uri.pointer,
          message,
          ...(severity ? { severity } : {}),
        });
      }
    },
    ...(fix
      ? {
          fix(document, { pointer }) {
            const uri = uriMembers(document).find((member) => member.pointer === pointer);
            const corrected = uri && fix(uri);
            return uri && corrected !== undefined && corrected !== uri.node.value
              ? [
                  {
                    title: `${fixTitle?.() ?? say`Correct the URL`}: ${corrected}`,
                    edits: [replaceString(uri.node, corrected)],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}
