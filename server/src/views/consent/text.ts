import { clip } from "../../document/valueText.js";
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

/** No screen shows a longer text, in UTF-16 units. */
const MAX_TEXT = 2_000;

/** Text that the document's author chose, cut where it is long. */
export function untrusted(text: string, style?: "strong" | "code"): Inline {
  const shown = clip(text, MAX_TEXT);
  return style ? { text: shown, style, untrusted: true } : { text: shown, untrusted: true };
}
