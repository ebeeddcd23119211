import { messageOf } from "../messageOf.js";
import { type CliIo, UsageError } from "./io.js";
import { line, type Printable } from "./printable.js";
import { decode, MOST_BYTES } from "./readFile.js";

/** This process, the only place of the command line that writes. Its functions stand alone, for commands pass them on. */
export class ProcessIo implements CliIo {
  readonly colour = process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
  readonly env = process.env;
  readonly cwd = process.cwd();
  readonly threads: NonNullable<CliIo["threads"]>;
  /** Whether output was lost for another reason than a reader that had enough. */
  #hasLostOutput = false;
  #isRead = true;
  readonly #unread = Promise.withResolvers<void>();

  constructor(threads: NonNullable<CliIo["threads"]>) {
    this.threads = threads;
    process.stdout.on("error", (error) => this.#stopWriting(error));
    // Whoever hears nothing can be told nothing.
    process.stderr.on("error", () => {});
  }

  readonly stdout = (text: Printable): void => {
    if (this.#isRead) process.stdout.write(text.text);
  };

  readonly stderr = (text: Printable): void => {
    process.stderr.write(text.text);
  };

  readonly readStdin = async (): Promise<string> => {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of process.stdin) {
      length += piece.length;
      if (length > MOST_BYTES)
        throw new UsageError(
          `standard input is larger than ${MOST_BYTES / 1024 / 1024} MiB, and is not read.`,
        );
      pieces.push(piece);
    }
    return decode(Buffer.concat(pieces));
  };

  readonly interrupted = (): Promise<void> =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });

  readonly unread = (): Promise<void> => this.#unread.promise;

  /** Ends the process with this code, once everything is written. */
  finish(code: number): void {
    process.exitCode = this.#hasLostOutput ? 2 : code;
  }

  /** A reader that closes early (`cimd check … | head`) is no failure, and the exit code says what was found all the same. */
  #stopWriting(error: NodeJS.ErrnoException): void {
    if (!this.#isRead) return;
    this.#isRead = false;
    this.#unread.resolve();
    if (error.code === "EPIPE") return;
    this.#hasLostOutput = true;
    process.exitCode = 2;
    this.stderr(line`cimd: the output could not be written: ${messageOf(error)}.`);
  }
}
