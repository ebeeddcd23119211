import type { Members } from "../behaviours/jsonBody.js";

/**
 * What the library keeps of lists after it has dropped what it does not support, in its default configuration. Undefined
 * where the member's type refuses the document.
 *
 * Source: npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js `buildOAuthServerCapabilities`,
 * `negotiateCimdClientCapabilities`.
 */
export function grantTypes(members: Members): readonly string[] | undefined {
  return kept(members["grant_types"], ["authorization_code"], ["authorization_code", "refresh_token"]);
}

export function responseTypes(members: Members): readonly string[] | undefined {
  return kept(members["response_types"], ["code"], ["code"]);
}

/** A member's strings, or undefined when it is absent or anything else. */
export function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item): item is string => typeof item === "string")
    ? value
    : undefined;
}

function kept(
  value: unknown,
  fallback: readonly string[],
  known: readonly string[],
): readonly string[] | undefined {
  if (value === undefined) return fallback;
  return strings(value)?.filter((item) => known.includes(item));
}
