import { CIBA_FIELDS } from "./ciba.js";
import type { Field } from "./field.js";
import { JWK_MEMBERS } from "./jwk.js";
import { OAUTH_EXTENSION_FIELDS } from "./oauthExtensions.js";
import { CREDENTIAL_FIELDS, FEDERATION_FIELDS } from "./openidFamily.js";
import { OPENID_LOGOUT_FIELDS } from "./openidLogout.js";
import { OPENID_REGISTRATION_FIELDS } from "./openidRegistration.js";
import { RFC7591_FIELDS, RFC7592_FIELDS } from "./rfc7591.js";
import { RP_METADATA_CHOICES_FIELDS } from "./rpMetadataChoices.js";
import { SEEN_FIELDS } from "./seenElsewhere.js";

/** Every metadata field the extension knows, the common ones first. No name occurs twice. */
export const FIELDS: readonly Field[] = [
  ...RFC7591_FIELDS,
  ...OPENID_REGISTRATION_FIELDS,
  ...RP_METADATA_CHOICES_FIELDS,
  ...OAUTH_EXTENSION_FIELDS,
  ...OPENID_LOGOUT_FIELDS,
  ...CIBA_FIELDS,
  ...FEDERATION_FIELDS,
  ...CREDENTIAL_FIELDS,
  ...RFC7592_FIELDS,
  ...SEEN_FIELDS,
];

const byName = new Map(FIELDS.map((field) => [field.name, field]));
const jwkByName = new Map(JWK_MEMBERS.map((field) => [field.name, field]));

/** A member's name without and with its language tag. */
export interface TaggedName {
  /** What stands before the first `#`. */
  readonly base: string;
  /** What stands behind it, unchecked; undefined when there is no `#`. */
  readonly tag: string | undefined;
}

/**
 * Splits a member's name at its first `#` (RFC 7591 §2.2): `client_name#ja-Jpan-JP` is the Japanese `client_name`.
 * Whether the tag is well-formed is not looked at.
 */
export function splitLanguageTag(name: string): TaggedName {
  const hash = name.indexOf("#");
  return hash < 0 ? { base: name, tag: undefined } : { base: name.slice(0, hash), tag: name.slice(hash + 1) };
}

/**
 * The field a member of the document is, whether or not its name carries a language tag.
 *
 * @param name the member's name as written, such as `client_name` or `client_name#fr`; case matters
 * @returns undefined for a name that is not client metadata
 */
export function fieldByName(name: string): Field | undefined {
  return byName.get(name) ?? (name.includes("#") ? byName.get(splitLanguageTag(name).base) : undefined);
}

/** What a member of one key in `jwks` is, or undefined for an unknown one. */
export function jwkMemberByName(name: string): Field | undefined {
  return jwkByName.get(name);
}
