/** Texts longer than this (UTF-16 units) are not looked into: client metadata documents are small. */
const LONGEST = 64 * 1024;

/**
 * Whether a JSON text looks like a client metadata document: a `client_id` that is an https URL, and `redirect_uris`.
 * Two searches and no parser, so that looking costs nothing.
 */
export function looksLikeCimd(text: string): boolean {
  return (
    text.length <= LONGEST &&
    /"client_id"\s*:\s*"https:\/\/[^"/\s]+\//.test(text) &&
    /"redirect_uris"\s*:\s*\[/.test(text)
  );
}
