const ALPHABET = /^[A-Za-z0-9_-]*$/;

/**
 * How many bytes a base64url text stands for (RFC 7515 §2: no padding, no white space).
 *
 * @returns undefined when the text is not base64url
 */
export function base64urlBytes(text: string): number | undefined {
  if (text.length % 4 === 1 || !ALPHABET.test(text)) return undefined;
  return Math.floor((text.length * 3) / 4);
}

/**
 * The size of the whole number that a base64url text stands for (Base64urlUInt, RFC 7518 §2).
 *
 * @returns bits without leading zeros, or undefined when the text is not base64url
 */
export function base64urlBits(text: string): number | undefined {
  const bytes = base64urlBytes(text);
  if (bytes === undefined) return undefined;
  let zeros = 0;
  while (zeros < text.length && text[zeros] === "A") zeros++;
  if (zeros === text.length) return 0;
  return bytes * 8 - zeros * 6 - (Math.clz32(sextet(text.charCodeAt(zeros))) - 26);
}

/** The value of one base64url character. */
function sextet(code: number): number {
  if (code >= 97) return code - 97 + 26;
  if (code === 95) return 63;
  if (code >= 65) return code - 65;
  return code === 45 ? 62 : code - 48 + 52;
}
