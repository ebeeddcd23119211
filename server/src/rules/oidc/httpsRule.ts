import { say } from "../../localisation/say.js";
import type { Source } from "../../specifications/sources.js";
import { joinUri } from "../../uri/uriParts.js";
import type { Rule } from "../rule.js";
import type { UriMember } from "../uri/uriMembers.js";
import { uriRule } from "../uri/uriRule.js";

/** True for an absolute https URL. */
export function isHttps({ parts }: UriMember): boolean {
  return parts.scheme?.toLowerCase() === "https" && (parts.host ?? "") !== "";
}

interface HttpsRule extends Pick<Rule, "id" | "title" | "why"> {
  readonly member: string;
  readonly source: Source;
}

/** Makes a rule of a URI member whose specification requires https. */
export function httpsRule({ member, source, ...meta }: HttpsRule): Rule {
  return uriRule({
    ...meta,
    severity: "error",
    sources: [source],
    fields: new Set([member]),
    bad: [`"${member}": «"http://app.acme.dev/x"»`, `"${member}": «"/x"»`],
    good: [`"${member}": "https://app.acme.dev/x"`],
    test: (uri) =>
      isHttps(uri)
        ? undefined
        : { message: say`\`${member}\` must be an absolute https URL (${source.label}). Use https.` },
    fix: ({ parts }) =>
      parts.scheme?.toLowerCase() === "http" && parts.host
        ? joinUri({ ...parts, scheme: "https" })
        : undefined,
    fixTitle: () => say`Use https`,
  });
}
