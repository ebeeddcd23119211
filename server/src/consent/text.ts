import type { Inline } from "./consentView.js";

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
