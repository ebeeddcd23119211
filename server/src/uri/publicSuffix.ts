import { getPublicSuffix, parse } from "tldts";

/**
 * Whether a name is a public suffix: people who do not know each other register names under it (`com`, `co.uk`,
 * `github.io`). Private suffixes of the Public Suffix List count.
 *
 * @param name a lower-case DNS name without a trailing dot
 */
export function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, { allowPrivateDomains: true, validateHostname: false }) === name;
}

/**
 * Whether a label is a top-level domain that exists: `dev` and `io` are, `js` is not.
 *
 * @param label lower case, without dots
 */
export function isTopLevelDomain(label: string): boolean {
  return parse(label, { validateHostname: false }).isIcann === true;
}
