import type { Printable } from "./printable.js";

/** What a subcommand may touch: everything outside comes in here, so that tests run it in memory. */
export interface CliIo {
  stdout(text: Printable): void;
  stderr(text: Printable): void;
  /** Standard input as UTF-8, read to its end; rejects where it is too long. */
  readStdin(): Promise<string>;
  /** Colours only on a terminal, and never with NO_COLOR. */
  readonly colour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves when a person ends the program with Ctrl-C; absent where nobody can. */
  interrupted?(): Promise<void>;
  /** Resolves when nobody reads standard output any more, which is known when something is written; absent where it cannot end. */
  unread?(): Promise<void>;
  /** Absolute path that relative ones start from. */
  readonly cwd: string;
  /** Whether unexpected errors are told with their places in the code. */
  readonly verbose?: boolean;
  /** Where there are other threads for long lists of files: the script that they run, and how many they may be. */
  readonly threads?: { readonly script: URL; readonly count: number };
}

/** A subcommand: takes the arguments after its name, answers with the exit code. */
export type Command = (argv: readonly string[], io: CliIo) => Promise<number>;

/** A mistake in how the command was called: printed to stderr with a pointer to `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
