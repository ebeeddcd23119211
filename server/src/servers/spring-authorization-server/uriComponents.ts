import { splitUri } from "../../uri/splitUri.js";

/** A redirect URI as Spring's `UriComponentsBuilder.fromUriString` reads it. */
export interface UriComponents {
  readonly host: string | undefined;
  /** Digits. */
  readonly port: string | undefined;
  readonly fragment: string | undefined;
  /** The URI again, with another port. */
  withPort(port: string | undefined): string;
}

const AUTHORITY = /^(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/;
const IPV6 = /^\[[0-9A-Fa-f:]*\]$/;

/** @returns undefined where Spring throws an InvalidUrlException */
export function uriComponents(text: string): UriComponents | undefined {
  const { scheme, authority, host, port = "", path, query, fragment, userinfo } = splitUri(text);
  if (/%(?![0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})/.test(path)) return undefined;
  // A * at the beginning has to be all there is.
  if (path.startsWith("*") && path !== "*") return undefined;
  if (authority !== undefined) {
    const isHost = AUTHORITY.test(host ?? "") || IPV6.test(host ?? "");
    const [first = "", ...more] = userinfo?.split("@") ?? [];
    // What looks like a host with a port is no second user name.
    const isUser =
      AUTHORITY.test([first, ...more].join("").replaceAll(":", "")) &&
      !more.some((name) => /^[^:]*:\d*$/.test(name));
    // Behind the brackets of IPv6, only a port or a path goes on.
    const isCutShort =
      host?.startsWith("[") && port === "" && path === "" && (query ?? fragment) !== undefined;
    if (!isHost || !isUser || isCutShort || !/^\d*$/.test(port)) return undefined;
  }
  const front = scheme === undefined ? "" : `${scheme.toLowerCase()}:`;
  return {
    host,
    port: port === "" ? undefined : port,
    fragment: fragment === "" ? undefined : fragment,
    withPort(other) {
      // Of several user names, Spring goes on with the last.
      const user = userinfo === undefined ? "" : `${userinfo.slice(userinfo.lastIndexOf("@") + 1)}@`;
      const behindHost = other === undefined ? "" : `:${other}`;
      const place = authority === undefined ? "" : `//${user}${host ?? ""}${behindHost}`;
      return `${front}${place}${path}${query === undefined ? "" : `?${query}`}${fragment ? `#${fragment}` : ""}`;
    },
  };
}

/** Whether a host is 127.0.0.1 to 127.255.255.255, or ::1; the name localhost is not. */
export function isLoopbackAddress(host: string | undefined): boolean {
  if (host === "[::1]" || host === "[0:0:0:0:0:0:0:1]") return true;
  const octets = (host ?? "").split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^[+-]?\d{1,9}$/.test(octet))) return false;
  const [first, second, third, fourth] = octets.map(Number) as [number, number, number, number];
  const isOctet = (octet: number) => octet >= 0 && octet <= 255;
  return first === 127 && isOctet(second) && isOctet(third) && isOctet(fourth) && fourth >= 1;
}
