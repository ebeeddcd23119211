import { getPublicSuffix } from "tldts";

/**
 * Whether a name is a public suffix: people who do not know each other register names under it (`com`, `co.uk`,
 * `github.io`). Private suffixes of the Public Suffix List count.
 *
 * @param name a lower-case DNS name without a trailing dot
 */
export function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, { allowPrivateDomains: true, validateHostname: false }) === name;
}
