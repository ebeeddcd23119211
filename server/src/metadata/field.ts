import type { Source } from "../specifications/sources.js";

/**
 * The JSON type of a member's value, as far as one word can say it:
 * - `url`: a string that holds a URL; `url[]`: an array of them (redirect URIs and patterns too)
 * - `integer`: a whole number that is not negative (seconds, or seconds since 1970)
 * - `any`: no type is defined
 */
export type FieldKind =
  | "string"
  | "url"
  | "string[]"
  | "url[]"
  | "boolean"
  | "integer"
  | "object"
  | "object[]"
  | "any";

/**
 * Where a metadata name stands:
 * - `registered`: in the IANA registry of client metadata, snapshot of 2026-03-25
 * - `other`: defined by a specification or a known implementation, not registered there
 * - `prohibited`: must not stand in a client metadata document (registered or not)
 */
export type FieldStatus = "registered" | "other" | "prohibited";

/** A value that a specification or a registry names. */
export interface FieldValue {
  readonly value: string;
  /** What choosing it means; at most one sentence. */
  readonly summary?: string;
  /** True for values that must not be used in a client metadata document, or that current advice rules out. */
  readonly discouraged?: true;
}

/** A value as `JSON.parse` gives it. */
export type ExampleValue =
  | string
  | number
  | boolean
  | readonly ExampleValue[]
  | { readonly [name: string]: ExampleValue };

/** One metadata field: everything the extension knows about a member of its name. */
export interface Field {
  /** The member's name, without a language tag. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly status: FieldStatus;
  /** The known values (of the items, where the kind is an array). */
  readonly values?: readonly FieldValue[];
  /** True when a value outside `values` is wrong; else the list may be extended by anybody. */
  readonly closed?: true;
  /** What a server has to assume when the member is absent. Absent where nothing is defined or sources disagree. */
  readonly default?: ExampleValue;
  /** True when the member may be repeated as `name#tag` with a BCP 47 language tag (RFC 7591 §2.2). */
  readonly i18n?: true;
  /** For `url` and `url[]`: true when the defining text requires the https scheme. */
  readonly https?: true;
  /** The text that forbids the member in a client metadata document; set exactly when `status` is `prohibited`. */
  readonly prohibited?: Source;
  /** True for what only a server's answer to a registration has: servers ignore it in a document. */
  readonly responseOnly?: true;
  /** The text that require the member in a client metadata document. */
  readonly required?: readonly [Source, ...Source[]];
  /** What the field is for, in one or two sentences, as Markdown. */
  readonly summary: string;
  /** Values that fit `kind`; the first is the one to offer. */
  readonly examples: readonly [ExampleValue, ...ExampleValue[]];
  /** The text that defines the field. */
  readonly spec: Source;
}

/** Plain names as values without a summary. */
export function values(...names: readonly string[]): readonly FieldValue[] {
  return names.map((value) => ({ value }));
}
