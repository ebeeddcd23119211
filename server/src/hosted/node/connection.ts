import { connect, type Socket } from "node:net";
import { messageOf } from "../../messageOf.js";
import type { Address } from "../addresses.js";
import { hasNetwork } from "./addresses.js";
import { codeOf, Fault } from "./fault.js";

/** Opens a TCP connection to a checked address. */
export type Dial = (address: string, port: number) => Socket;

export const systemDial: Dial = (address, port) => connect({ host: address, port });

/**
 * Connects to the first of the checked addresses that answers, giving each its share of the time.
 *
 * @param limitMs for all of them
 */
export async function dialFirst(
  dial: Dial,
  addresses: readonly Address[],
  port: number,
  { signal, limitMs }: { signal: AbortSignal; limitMs: number },
): Promise<{ socket: Socket; address: string }> {
  let last: unknown;
  for (const [index, { address }] of addresses.entries()) {
    const share = (limitMs / addresses.length) * (index + 1 < addresses.length ? 1 : 2);
    try {
      return { socket: await opened(dial(address, port), signal, share), address };
    } catch (error) {
      signal.throwIfAborted();
      last = error;
    }
  }
  throw connectionFault(
    last,
    addresses.every(({ family }) => family === 6),
  );
}

/** Waits for a TCP connection for at most `share` milliseconds. */
async function opened(socket: Socket, signal: AbortSignal, share: number): Promise<Socket> {
  const late = setTimeout(
    () => socket.destroy(Object.assign(new Error("late"), { code: "ETIMEDOUT" })),
    share,
  );
  try {
    await until(socket, "connect", signal);
    return socket;
  } finally {
    clearTimeout(late);
  }
}

/** Waits for an event of a socket; its error, its end or the signal reject. */
export function until(
  socket: Socket,
  event: "connect" | "secureConnect",
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    const aborted = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
    // Stays for the socket's life: an error after this promise has settled must not end the process.
    socket.on("error", reject);
    socket.once("close", closed);
    if (signal.aborted) aborted();
    signal.addEventListener("abort", aborted, { once: true });
    socket.once(event, () => {
      socket.off("close", closed);
      signal.removeEventListener("abort", aborted);
      resolve();
    });
  });
}

function connectionFault(error: unknown, onlyIPv6: boolean): Fault {
  const code = codeOf(error);
  switch (code) {
    case "ECONNREFUSED":
      return new Fault("connection", "connection-refused");
    case "ECONNRESET":
      return new Fault("connection", "connection-reset");
    case "ETIMEDOUT":
      return new Fault("connection", "timeout");
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      if (!hasNetwork()) return new Fault("connection", "offline");
      return new Fault("connection", "unreachable", onlyIPv6 ? "IPv6" : undefined);
    default:
      return new Fault("connection", "connection-failed", code || messageOf(error));
  }
}
