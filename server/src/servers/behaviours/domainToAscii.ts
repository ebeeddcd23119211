import { decodePunycode } from "../../uri/unicodeHost.js";

/**
 * "Domain to ASCII" of the URL standard (UTS 46, non-transitional, bidi and joiner rules on, hyphens and lengths
 * unchecked) as the Rust crate `idna` 1.1 does it. The platform's `URL` does the mapping; runtimes that wave `xn--`
 * labels through are made to check them.
 *
 * @see https://url.spec.whatwg.org/#concept-domain-to-ascii
 * @see https://www.unicode.org/reports/tr46/
 */

/** Letters, digits and hyphens that no preparation changes: no `xn--`, and no last label that could be a number. */
const PLAIN_DOMAIN = /^(?!.*xn--)(?:[a-z0-9-]+\.)*[a-z-][a-z0-9-]*\.?$/i;

/**
 * @param host what stands between the userinfo and the port; not an IPv6 address
 * @returns the host in lower-case ASCII, or an IPv4 address in dotted decimal; undefined when there is none
 */
export function domainToAscii(host: string): string | undefined {
  if (PLAIN_DOMAIN.test(host)) return host.toLowerCase();
  const ascii = platformHost(host);
  if (ascii === undefined || !ascii.includes("xn--")) return ascii;
  const labels = ascii.split(".");
  const decoded = labels.map((label) => (label.startsWith("xn--") ? decodedLabel(label) : label));
  if (decoded.some((label) => label === undefined)) return undefined;
  return breaksBidiRule(decoded as string[]) ? undefined : ascii;
}

function platformHost(host: string): string | undefined {
  return URL.parse(`https://${host}/`)?.hostname;
}

/** The platform's URL parser (ada 3) encodes nothing longer, so nothing longer is the encoding of something. */
const LONGEST_LABEL = 16_388;

/** @returns what an `xn--` label stands for; undefined unless that is a valid label whose only encoding this is */
function decodedLabel(label: string): string | undefined {
  const decoded = label.length > LONGEST_LABEL ? undefined : decodePunycode(label.slice(4));
  if (decoded === undefined || !NON_ASCII.test(decoded)) return undefined;
  return platformHost(decoded) === label ? decoded : undefined;
}

const NON_ASCII = /[^\0-\x7f]/;
/** Letters of the scripts that run from right to left, with the Arabic digits that count like them (not U+06F0 to U+06F9). */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\u200f\u0660-\u0669]|(?=\p{Script=Arabic})\P{N}/u;
/** RFC 5893 §2, rules 1 and 6: how a label from left to right starts and ends beside one from right to left. */
const LEFT_TO_RIGHT_LABEL = /^(?:\p{L}(?:.*[\p{L}\p{N}])?\p{Mn}*)?$/u;

/** The platform checks each label by itself; the rule is about the labels of one domain together. */
function breaksBidiRule(labels: readonly string[]): boolean {
  return (
    labels.some((label) => RIGHT_TO_LEFT.test(label)) &&
    labels.some((label) => !RIGHT_TO_LEFT.test(label) && !LEFT_TO_RIGHT_LABEL.test(label))
  );
}
