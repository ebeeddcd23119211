import { say } from "../../../server/src/localisation/say.js";

/** The host of a URL for messages; the text itself where it has none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}

/**
 * Why an MCP server cannot be asked at a URL; the language server looks again, at the resolved addresses too.
 *
 * @param url absolute
 * @returns a sentence, or undefined where it can
 */
export function whyNotAskable(url: string): string | undefined {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:") return undefined;
  if (protocol !== "http:") return say`An MCP server is reached over https. Write the URL with https://.`;
  if (isLoopback(hostname)) return undefined;
  return say`Plain http is for an MCP server on this machine only. Write the URL with https://.`;
}

/** @param hostname as the URL Standard serialises it: lower case, IPv4 in four decimals, IPv6 in brackets */
function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === "[::1]"
  );
}
