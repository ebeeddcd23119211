import type { Constraint } from "../profile.js";
import { parseUrl, typeName } from "../shape.js";
import { isPublicRoutableHost } from "./hosts.js";
import { faultyKeys } from "./jwks.js";

/** What Better Auth asks of `jwks` and `jwks_uri`, whatever the authentication method. */
export const keyConstraints: readonly Constraint[] = [
  {
    id: "jwks-keys",
    stage: "document",
    effect: "blocks",
    rule: "jwks/shape",
    check(document, report) {
      const jwks = document.value("jwks");
      if (jwks?.type !== "object") return;
      const keys = jwks.members.findLast(({ key }) => key.value === "keys")?.value;
      if (keys?.type !== "array") {
        const message = `jwks.keys: Invalid input: expected array, received ${typeName(keys)}`;
        report({ message, pointer: keys ? "/jwks/keys" : "/jwks" });
        return;
      }
      if (keys.items.length === 0) {
        const message = "jwks.keys: Too small: expected array to have >=1 items";
        report({ message, pointer: "/jwks/keys", rule: "jwks/empty" });
      }
      keys.items.forEach((key, index) => {
        if (key.type === "object") return;
        const message = `jwks.keys.${index}: Invalid input: expected record, received ${typeName(key)}`;
        report({ message, pointer: `/jwks/keys/${index}` });
      });
      for (const { index, rule } of faultyKeys(keys.items)) {
        const message = "jwks must contain only structurally valid public keys";
        report({ message, pointer: `/jwks/keys/${index}`, rule });
      }
    },
  },
  {
    id: "jwks-both",
    stage: "document",
    effect: "blocks",
    rule: "jwks/both",
    check(document, report) {
      if (document.has("jwks") && document.string("jwks_uri")?.value) {
        report({ message: "jwks and jwks_uri are mutually exclusive", pointer: "/jwks" });
      }
    },
  },
  {
    id: "jwks-uri",
    stage: "document",
    effect: "blocks",
    rule: "jwks-uri/https",
    check(document, report) {
      const uri = document.string("jwks_uri")?.value;
      if (!uri) return;
      const fault = jwksUriFault(uri, document.url);
      if (fault) report({ ...fault, pointer: "/jwks_uri" });
    },
  },
];

/**
 * npm:@better-auth/cimd@1.7.0-rc.4 dist/index.mjs `validateCimdMetadata`, then npm:@better-auth/oauth-provider@1.7.5
 * src/register.ts `checkOAuthClient`. Origins that the operator trusts are not known here.
 */
function jwksUriFault(
  uri: string,
  documentUrl: string | undefined,
): { rule?: string; message: string } | undefined {
  const url = parseUrl(uri);
  if (!url) return { rule: "uri/absolute", message: "jwks_uri must be a valid URL" };
  if (url.username !== "" || url.password !== "") {
    return { rule: "jwks-uri/userinfo", message: "jwks_uri must not contain credentials" };
  }
  if (uri.includes("#"))
    return { rule: "jwks-uri/fragment", message: "jwks_uri must not contain a fragment" };
  if (url.protocol !== "https:") return { message: "jwks_uri must use HTTPS" };
  if (!isPublicRoutableHost(url.hostname)) {
    return {
      rule: "jwks-uri/special-use",
      message: "jwks_uri must not point to a private or reserved address",
    };
  }
  if (documentUrl !== undefined && parseUrl(documentUrl)?.origin !== url.origin) {
    return {
      rule: "jwks-uri/same-origin",
      message: "jwks_uri must belong to a trusted origin or the Client ID Metadata Document origin",
    };
  }
  return undefined;
}
