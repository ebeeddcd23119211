import type { Inline } from "./consentView.js";

/** A text of ours with values in it, as {@link sayParts} gives it; a value may be several pieces. */
export function inlines(parts: readonly (string | Inline | readonly Inline[])[]): Inline[] {
  return parts.flatMap((part) => (typeof part === "string" ? plain(part) : part));
}

/** Text of ours. */
export function plain(text: string): Inline {
  return { text };
}

/** Text of ours that stands out. */
export function strong(text: string): Inline {
  return { text, style: "strong" };
}

/** Text that the document's author chose. */
export function untrusted(text: string, style?: "strong" | "code"): Inline {
  return style ? { text, style, untrusted: true } : { text, untrusted: true };
}
