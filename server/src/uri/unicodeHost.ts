import punycode from "punycode/punycode.js";

/** A label is not longer (RFC 1035 §2.3.4), and decoding takes time with the square of the length. */
const LONGEST_LABEL = 63;

/** Decodes every label of a host name that is Punycode; one that is too long or cannot be decoded stays as it is. */
export function toUnicodeHost(host: string): string {
  return host.split(".").map(decodeLabel).join(".");
}

function decodeLabel(label: string): string {
  if (label.length > LONGEST_LABEL || !/^xn--/i.test(label)) return label;
  return decodePunycode(label.slice(4)) || label;
}

/**
 * Decodes Punycode (RFC 3492 §6.2).
 *
 * @param text without the `xn--`
 * @returns undefined for what no text encodes to
 */
export function decodePunycode(text: string): string | undefined {
  try {
    const decoded = punycode.decode(text);
    // The package decodes surrogates; two of them become one character, which is encoded otherwise.
    const valid = decoded.isWellFormed() && punycode.encode(decoded).toLowerCase() === text.toLowerCase();
    return valid ? decoded : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
