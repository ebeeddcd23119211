import type { Readable, Writable } from "node:stream";
import type { Transport } from "./jsonRpc.js";

const HEADER_END = "\r\n\r\n";
const CONTENT_LENGTH = /^content-length:[ \t]*(\d+)[ \t]*$/im;

/**
 * Messages over a pair of streams, each behind a header with its length in bytes; UTF-8.
 *
 * Source: LSP 3.18, "Base Protocol", header and content part.
 */
export function streamTransport(input: Readable, output: Writable): Transport {
  return {
    listen(onMessage, onFault, onClose) {
      input.on("data", splitMessages(onMessage, onFault));
      input.once("end", onClose);
      input.once("close", onClose);
      // A broken pipe: nobody reads any more.
      output.once("error", onClose);
    },
    send(message) {
      const body = JSON.stringify(message);
      output.write(`Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`);
    },
  };
}

/** Puts the pieces of a stream together to messages; pieces are joined only when all of a message is there. */
function splitMessages(
  onMessage: (message: unknown) => void,
  onFault: (reason: string) => void,
): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let held = 0;
  /** Length of the body whose header has been read. */
  let body: number | undefined;

  function join(): Buffer {
    const [first] = pieces;
    const all = pieces.length === 1 && first ? first : Buffer.concat(pieces);
    pieces = [all];
    return all;
  }

  function drop(bytes: number): Buffer {
    const all = join();
    const rest = all.subarray(bytes);
    pieces = [rest];
    held = rest.length;
    return all.subarray(0, bytes);
  }

  return (piece) => {
    pieces.push(piece);
    held += piece.length;
    for (;;) {
      if (body === undefined) {
        const end = join().indexOf(HEADER_END);
        if (end < 0) return;
        const header = drop(end + HEADER_END.length).toString("latin1");
        const length = CONTENT_LENGTH.exec(header)?.[1];
        if (length === undefined) {
          onFault("A message has no Content-Length and was left out.");
          continue;
        }
        body = Number(length);
      }
      if (held < body) return;
      const text = drop(body).toString("utf8");
      body = undefined;
      let message: unknown;
      try {
        message = JSON.parse(text);
      } catch {
        onFault("A message is no JSON and was left out.");
        continue;
      }
      onMessage(message);
    }
  };
}

/** Messages over the channel of a process that was forked, as VS Code does it. */
export function ipcTransport(forked: NodeJS.Process): Transport {
  return {
    listen(onMessage, _onFault, onClose) {
      forked.on("message", onMessage);
      forked.once("disconnect", onClose);
    },
    send(message) {
      // Without a channel the editor is gone, and `disconnect` has said so.
      if (forked.connected) forked.send?.(message);
    },
  };
}
