import { memoize } from "../../document/memoize.js";
import { memoizeText } from "./memoizeText.js";
import { stringsIn } from "./zodShape.js";

/**
 * Parses a URL as WHATWG URL says, the way every server written in JavaScript does.
 *
 * @param value any JSON value; like the servers, it is made a string first
 * @returns undefined where the parser fails, or where the value cannot be made a string; not to be changed
 * @see https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function parseUrl(value: unknown): URL | undefined {
  let text: string;
  try {
    text = String(value);
  } catch {
    // `{"toString": 1}` has no string form; engines throw a TypeError there.
    return undefined;
  }
  return parsedText(text);
}

const parsedText = memoizeText((text) => URL.parse(text) ?? undefined);

/** An item of an array of URLs. */
export interface UrlItem {
  readonly index: number;
  readonly text: string;
  /** Undefined where the parser fails. */
  readonly url: URL | undefined;
}

/**
 * Parses the non-empty strings of a list of redirect URIs.
 *
 * @param value a member's value; anything but an array has no items
 */
export function redirectUrls(value: unknown): readonly UrlItem[] {
  return Array.isArray(value) ? parsedItems(value) : [];
}

const parsedItems = memoize((items: readonly unknown[]): readonly UrlItem[] =>
  stringsIn(items).flatMap(({ index, text }) => (text === "" ? [] : [{ index, text, url: parseUrl(text) }])),
);

/**
 * Ports to which no `fetch` connects.
 *
 * @see https://fetch.spec.whatwg.org/#port-blocking as it stands in Node 24
 */
const BLOCKED_PORTS: ReadonlySet<string> = new Set(
  (
    "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 " +
    "135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 " +
    "995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
  ).split(" "),
);

/** Whether `fetch` refuses the URL for its port ("bad port"). */
export function hasBlockedPort(url: URL): boolean {
  return BLOCKED_PORTS.has(url.port);
}
