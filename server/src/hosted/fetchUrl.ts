import { splitUri } from "../uri/splitUri.js";
import { classifyHost, isLoopback } from "./addresses.js";
import type { FetchFault } from "./fetcher.js";

/**
 * Reads a URL that is about to be fetched.
 *
 * @param raw as typed or found
 * @param options `typedLoopback`: it is on the origin that a person typed, where plain http is fine for this machine
 * @returns the parsed URL without its fragment, or why nothing is fetched from it
 */
export function readFetchUrl(raw: string, options: { typedLoopback?: boolean } = {}): URL | FetchFault {
  const fault = (code: FetchFault["code"], detail?: string): FetchFault => ({
    stage: "url",
    code,
    ...(detail === undefined ? {} : { detail }),
  });
  const { scheme, userinfo } = splitUri(raw);
  // Of texts of 32 KB and more, `URL.canParse` of Node.js takes some that `new URL` does not.
  const url = URL.parse(raw);
  if (!url) return fault("not-a-url");
  const plain =
    options.typedLoopback === true && url.protocol === "http:" && isLoopback(classifyHost(url.hostname));
  if (url.protocol !== "https:" && !plain) return fault("not-https", scheme ?? url.protocol.slice(0, -1));
  if (userinfo !== undefined || url.username !== "" || url.password !== "") return fault("userinfo");
  if (url.port === "0") return fault("port-zero");
  url.hash = "";
  return url;
}
