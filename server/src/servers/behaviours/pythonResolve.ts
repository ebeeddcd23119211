import { domainToAscii } from "./domainToAscii.js";
import { type IpAddress, parseIpAddress } from "./pythonIpAddress.js";

/** What `socket.getaddrinfo` has of a host without asking anybody. */
export type Resolved =
  /** A literal, or a name that is the machine's own. */
  | { readonly address: IpAddress; readonly text: string }
  /** No resolver is asked, or none knows it. */
  | { readonly error: string }
  /** A name, which is taken to have a public address. */
  | { readonly name: string };

/**
 * Python's `socket.getaddrinfo(host)`: literals in every spelling that the C library reads, names under `localhost`, and
 * what the `idna` codec does not take.
 *
 * @param host as Python's `hostname` property gives it
 * @see https://docs.python.org/3.11/library/socket.html#socket.getaddrinfo
 */
export function resolveHost(host: string): Resolved {
  const address = parseIpAddress(host);
  if (address) return { address, text: host };
  const ipv4 = inetAton(host);
  if (ipv4 !== undefined) return { address: { version: 4, value: BigInt(ipv4) }, text: dotted(ipv4) };
  if (host.includes(":")) return { error: "Name or service not known" };
  // RFC 6761 §6.3: resolvers give these the loopback address, or none. The GNU C library reads `*` as no host at all.
  if (host === "*" || LOOPBACK_NAME.test(host)) return { address: LOOPBACK, text: "127.0.0.1" };
  return UNRESOLVABLE_LABEL.test(asciiOf(host)) ? { error: NOT_ENCODED } : { name: host };
}

const LOOPBACK: IpAddress = { version: 4, value: 0x7f000001n };
const LOOPBACK_NAME = /^(?:.*\.)?localhost\.?$/;
const UNRESOLVABLE_LABEL = /^$|^\.|\.\.|[^.]{64}/;
const NOT_ENCODED = "encoding with 'idna' codec failed (UnicodeError: label empty or too long)";

/** The name as DNS has it; as it stands where that is not known. */
function asciiOf(host: string): string {
  return /^[\0-\x7f]*$/.test(host) ? host : (domainToAscii(host) ?? host);
}

const NUMBER = /^(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i;

/** The C library's `inet_aton`: one to four numbers, of which the last fills what is left. */
function inetAton(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length > 4 || !parts.every((part) => NUMBER.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() as number;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  return numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join(".");
}
