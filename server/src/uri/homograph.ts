import { asciiLookAlike, mixesScripts } from "./confusables.js";
import { toUnicodeHost } from "./unicodeHost.js";

/** A label of a host that can be taken for another one. */
export interface Homograph {
  /** The label as people see it. */
  readonly label: string;
  /** What it looks like in ASCII; undefined where it only mixes scripts. */
  readonly looksLike: string | undefined;
}

/** True for hosts with a label in punycode (RFC 5890 §2.3.2.1). */
export function isInternationalised(host: string): boolean {
  return /(?:^|\.)xn--/i.test(host);
}

/**
 * Finds a label that mixes scripts or looks like ASCII (UTS 39 §4, §5.2). A label in one script is left alone under a
 * top-level domain that is not ASCII itself: there it is expected.
 *
 * @param host in punycode
 */
export function findHomograph(host: string): Homograph | undefined {
  if (!isInternationalised(host)) return undefined;
  const labels = toUnicodeHost(host.toLowerCase()).replace(/\.$/, "").split(".");
  const local = isNotAscii(labels[labels.length - 1] ?? "");
  for (const label of labels) {
    if (!isNotAscii(label)) continue;
    const mixed = mixesScripts(label);
    const looksLike = asciiLookAlike(label)?.toLowerCase();
    if (mixed || (looksLike !== undefined && !local)) return { label, looksLike };
  }
  return undefined;
}

function isNotAscii(text: string): boolean {
  return /[^\u0000-\u007f]/.test(text);
}
