/**
 * IP addresses in the form WHATWG URL gives them in `URL.hostname`: four decimal numbers, or IPv6 in brackets. Servers
 * differ in which blocks they keep away from, so each profile brings its own list.
 */

/** The 16-bit groups of an address; IPv4 has two, IPv6 eight. */
export type Address = readonly number[];

/** A block of addresses. */
export interface Block {
  readonly first: Address;
  /** Leading bits that are the same for all. */
  readonly length: number;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/**
 * Reads the address of a host.
 *
 * @param host `URL.hostname`; brackets may be missing
 * @returns undefined for a name
 */
export function addressOf(host: string): Address | undefined {
  if (IPV4.test(host)) {
    const [a = 0, b = 0, c = 0, d = 0] = host.split(".").map(Number);
    return [(a << 8) | b, (c << 8) | d];
  }
  const text = host.replace(/^\[(.*)\]$/, "$1");
  if (!text.includes(":")) return undefined;
  const [before = [], after = []] = text
    .split("::")
    .map((side) => (side === "" ? [] : side.split(":").map((group) => Number.parseInt(group, 16))));
  return [...before, ...new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

/** Reads blocks written as `10.0.0.0/8` or `fc00::/7`. */
export function blocks(...written: readonly string[]): readonly Block[] {
  return written.map((block) => {
    const [first = "", length = ""] = block.split("/");
    return { first: addressOf(first) ?? [], length: Number(length) };
  });
}

/** Whether an address lies in one of the blocks; blocks of the other family never hold it. */
export function isWithin(address: Address, list: readonly Block[]): boolean {
  return list.some(
    ({ first, length }) =>
      first.length === address.length &&
      first.every((group, index) => {
        const bits = Math.min(16, Math.max(0, length - index * 16));
        return group >>> (16 - bits) === (address[index] ?? 0) >>> (16 - bits);
      }),
  );
}
