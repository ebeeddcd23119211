import type { Range } from "../document/lineIndex.js";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the language server and the command line show; part of the public API. */
export interface Problem {
  /** `<field>/<what>`, such as `client-id/https`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence what is wrong and for whom, one what to do. */
  readonly message: string;
  /** RFC 6901 pointer to the value; `""` for the document. */
  readonly pointer: string;
  /** Zero-based, UTF-16. */
  readonly range: Range;
}

/** A second place that belongs to a problem. */
export interface RelatedPlace {
  readonly offset: number;
  readonly end: number;
  readonly message: string;
  /** RFC 6901, where the problem is as much about this place as about the first. */
  readonly pointer?: string;
}

/** A problem as rules report it: with offsets, and with whatever its fix needs. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly pointer: string;
  readonly offset: number;
  readonly end: number;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly tags?: readonly ("unnecessary" | "deprecated")[] | undefined;
  /** For the rule's own `fix`; never leaves the process. */
  readonly data?: unknown;
  /** Set on the one that stands for all past the limit of its rule: how many they are. */
  readonly more?: number;
}
