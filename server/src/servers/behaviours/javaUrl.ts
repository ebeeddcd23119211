import { javaInt, javaTrim } from "./javaText.js";

/** What `java.net.URL` finds in a text. */
export interface JavaUrl {
  /** In lower case. */
  readonly protocol: string;
  /** Empty where there is none. */
  readonly host: string;
}

/** Those that Java can open by itself. */
const PROTOCOLS: ReadonlySet<string> = new Set([
  "http",
  "https",
  "ftp",
  "file",
  "mailto",
  "jar",
  "jmod",
  "jrt",
]);

/**
 * Reads a text as the constructor of `java.net.URL` does, which looks at protocol and port and hardly at the rest.
 *
 * @returns undefined where it throws a MalformedURLException
 * @see Java SE 21 API, class java.net.URL, and java.net.URLStreamHandler `parseURL`
 */
export function javaUrl(text: string): JavaUrl | undefined {
  const [, scheme = "", rest = ""] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(javaTrim(text)) ?? [];
  const protocol = scheme.toLowerCase();
  if (!PROTOCOLS.has(protocol) || (protocol === "jar" && !rest.includes("!/"))) return undefined;
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? "";
  const hostAndPort = authority.slice(authority.indexOf("@") + 1);
  const host = /^(?:\[[^\]]*\]|[^:]*)/.exec(hostAndPort)?.[0] ?? "";
  if (host.startsWith("[") && !host.endsWith("]")) return undefined;
  const port = hostAndPort.slice(host.length).replace(/^:/, "");
  return port === "" || (javaInt(port) ?? -2) >= -1 ? { protocol, host } : undefined;
}
