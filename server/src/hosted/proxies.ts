import ipaddr from "ipaddr.js";

/** The person's proxy settings; `http.proxy` and its companions in VS Code, environment variables on a command line. */
export interface ProxySettings {
  /** `http://` or `https://`, credentials allowed; they go to the proxy and into no message. */
  readonly url: string;
  /** Hosts that are reached without it: `example.com`, `.example.com`, `*.example.com`, `10.0.0.0/8`, `host:8443`, `*`. */
  readonly noProxy?: readonly string[] | undefined;
  /** False lets a proxy with a bad certificate through. The origin's certificate is verified all the same. */
  readonly strictSSL?: boolean | undefined;
}

/**
 * Whether a request goes around the proxy.
 *
 * @param host lower case, without brackets and trailing dot
 * @param port the port the request goes to
 */
export function bypassesProxy(host: string, port: number, noProxy: readonly string[] = []): boolean {
  return noProxy.some((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === "") return false;
    if (entry === "*") return true;
    if (entry.includes("/") && ipaddr.isValid(host)) return inNetwork(host, entry);
    const colon = ipaddr.isValid(entry) ? -1 : entry.lastIndexOf(":");
    const name = (colon < 0 ? entry : entry.slice(0, colon)).replace(/^\*?\./, "").replace(/^\[|\]$/g, "");
    if (colon >= 0 && Number(entry.slice(colon + 1)) !== port) return false;
    return host === name || (!ipaddr.isValid(host) && host.endsWith("." + name));
  });
}

function inNetwork(host: string, network: string): boolean {
  if (!ipaddr.isValidCIDR(network)) return false;
  const address = ipaddr.parse(host);
  const range = ipaddr.parseCIDR(network);
  return address.kind() === range[0].kind() && address.match(range);
}

/**
 * Proxy settings as command line programs read them.
 *
 * @param env `HTTPS_PROXY` or `https_proxy`, else `ALL_PROXY`; `NO_PROXY` with commas or spaces
 * @returns undefined when no proxy is set
 */
export function proxyFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): ProxySettings | undefined {
  const url = env["https_proxy"] || env["HTTPS_PROXY"] || env["all_proxy"] || env["ALL_PROXY"];
  if (!url) return undefined;
  const noProxy = (env["no_proxy"] || env["NO_PROXY"] || "").split(/[\s,]+/).filter((entry) => entry !== "");
  return { url: url.includes("://") ? url : `http://${url}`, noProxy };
}
