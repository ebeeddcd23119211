import type { Members } from "../behaviours/jsonBody.js";

/**
 * What oidc-provider makes of some members once its defaults are filled in and unsupported values are dropped, in its
 * default configuration. Undefined where the member's own constraint refuses the value.
 *
 * Source: npm:oidc-provider@9.13.3 lib/consts/client_attributes.js, lib/helpers/client_schema.js, lib/helpers/defaults.js.
 */

export const GRANT_TYPES: ReadonlySet<string> = new Set(["implicit", "authorization_code", "refresh_token"]);
export const RESPONSE_TYPES: ReadonlySet<string> = new Set(["code id_token", "code", "id_token", "none"]);
export const RESPONSE_MODES: ReadonlySet<string> = new Set(["query", "fragment", "form_post"]);
export const SCOPES: ReadonlySet<string> = new Set(["openid", "offline_access"]);

export function applicationType(members: Members): "web" | "native" | undefined {
  const value = members["application_type"];
  if (value === undefined) return "web";
  return value === "web" || value === "native" ? value : undefined;
}

/** `client_secret_basic` when the document names no method. */
export function authMethod(members: Members): unknown {
  const value = members["token_endpoint_auth_method"];
  return value === undefined ? "client_secret_basic" : value;
}

/** The grant types oidc-provider keeps, before it aligns them with the response types. */
export function grantTypes(members: Members): readonly string[] | undefined {
  return supported(members["grant_types"], ["authorization_code"], GRANT_TYPES);
}

/** The response types oidc-provider keeps, their words in alphabetical order. */
export function responseTypes(members: Members): readonly string[] | undefined {
  return supported(members["response_types"], ["code"], RESPONSE_TYPES, (type) =>
    [...new Set(type.split(" "))].sort().join(" "),
  );
}

/** The words of all response types. */
export function responseWords(members: Members): ReadonlySet<string> {
  return new Set(responseTypes(members)?.flatMap((type) => type.split(" ")));
}

function supported(
  value: unknown,
  fallback: readonly string[],
  known: ReadonlySet<string>,
  normalize: (item: string) => string = (item) => item,
): readonly string[] | undefined {
  if (value === undefined) return fallback;
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === "string"))
    return undefined;
  return value.map(normalize).filter((item) => known.has(item));
}

/** `'a'`, `'a' or 'b'`, `'a', 'b', or 'c'`, as oidc-provider lists values. */
export function disjunction(values: Iterable<string>): string {
  const quoted = Array.from(values, (value) => `'${value}'`);
  const last = quoted.pop() ?? "";
  if (quoted.length === 0) return last;
  return quoted.length === 1 ? `${quoted[0]} or ${last}` : `${quoted.join(", ")}, or ${last}`;
}
