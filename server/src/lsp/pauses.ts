import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Calls back when messages that have arrived by now have had their turn; in their order. */
const callback: (call: () => void) => void =
  typeof setImmediate === "function" ? (call) => void setImmediate(call) : overChannel();

/** A web worker's timers wait for milliseconds; messages to oneself do not. */
function overChannel(): (call: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const calls: (() => void)[] = [];
  port1.addEventListener("message", () => calls.shift()?.());
  port1.start();
  return (call) => {
    calls.push(call);
    port2.postMessage(undefined);
  };
}

function nextTurn(): Promise<void> {
  return new Promise(callback);
}

/**
 * So many turns bring a message from the editor to its handler and the answer back: it is read in one, handled in the next,
 * and the LSP library writes in another. They take microseconds where nothing has arrived.
 */
const TURNS_OF_AN_ANSWER = 5;

/** Waits until messages that have arrived by now, such as a cancellation or a hover, have been answered. */
export async function pause(): Promise<void> {
  for (let turn = 0; turn < TURNS_OF_AN_ANSWER; turn++) await nextTurn();
}

/** {@link pause} in the work for a request; throws a `ResponseError` once the request is cancelled. */
export function pauseUnlessCancelled(token: CancellationToken): () => Promise<void> {
  return async () => {
    await pause();
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  };
}

/** So many turns without anything new mean that nothing is on its way; they take microseconds. */
const IDLE_TURNS = 8;

/**
 * Waits until some turns go by in which nothing happened.
 *
 * @param events how many things have happened so far
 * @param atMost ms after which it waits no longer, however busy it is
 */
export async function quiet(events: () => number, atMost: number): Promise<void> {
  const end = performance.now() + atMost;
  let before = events();
  for (let idle = 0; idle < IDLE_TURNS && performance.now() < end; idle++) {
    await nextTurn();
    if (events() === before) continue;
    before = events();
    idle = 0;
  }
}
