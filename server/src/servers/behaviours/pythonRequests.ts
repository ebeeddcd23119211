import { domainToAscii } from "./domainToAscii.js";
import { parseIpAddress } from "./pythonIpAddress.js";
import { resolveHost } from "./pythonResolve.js";
import { partitionLast } from "./pythonText.js";

const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^\\/?#]*)/;
const HOST_AND_PORT = /^((?:[^[\]%:/?#]|%[A-Fa-f0-9]{2})*|\[[A-Fa-f0-9:.]+\])(?::0*?(|0|[1-9][0-9]{0,4}))?$/;
const CONTROL = /[\0-\x20\x7f]/;
const ESCAPED_CONTROL = /%(?:[01][0-9A-Fa-f]|7[Ff])/;

/** Why the URL is not fetched, in the library's words. */
export interface NotFetched {
  readonly error: string;
}

/**
 * What keeps Python's `requests.get(url)` from asking a server, whatever its name resolves to: what urllib3 does not parse,
 * and what no resolver is asked about. Undefined where nothing does.
 *
 * @param url one with a scheme
 * @see https://github.com/urllib3/urllib3/blob/2.8.0/src/urllib3/util/url.py
 */
export function notFetchedByRequests(url: string): NotFetched | undefined {
  const authority = AUTHORITY.exec(url)?.[1] ?? "";
  const parsed = HOST_AND_PORT.exec(partitionLast(authority, "@")[2]);
  const [, host = "", port = ""] = parsed ?? [];
  if (!parsed || Number(port) > 65_535) return { error: `Failed to parse: ${url}` };
  if (host === "") return { error: `Invalid URL '${url}': No host supplied` };
  if (CONTROL.test(host)) return { error: `Failed to parse: Host '${host}' contains invalid character` };
  if (ESCAPED_CONTROL.test(host))
    return { error: `Failed to parse: Host '${host}' contains invalid percent-encoded control character` };
  if (host.startsWith("["))
    return parseIpAddress(host.slice(1, -1))?.version === 6
      ? undefined
      : { error: `Failed to parse: ${url}` };
  if (/^[*.]/.test(host)) return { error: "URL has an invalid label." };
  const name = /^[\0-\x7f]*$/.test(host) ? host.toLowerCase() : domainToAscii(host);
  if (name === undefined) return { error: `Failed to parse: Name '${host}' is not a valid IDNA label` };
  const resolved = resolveHost(name);
  return "error" in resolved ? resolved : undefined;
}
