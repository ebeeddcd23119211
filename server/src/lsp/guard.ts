import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { say } from "../localisation/say.js";
import { messageOf, traceOf } from "../messageOf.js";
import type { Connection } from "./connection.js";

/**
 * Runs a handler so that a mistake in it answers with an error of its own and ends nothing else.
 *
 * @param what is done, in words for a person
 * @throws {ResponseError} whatever goes wrong
 */
export type Guard = <T>(what: string, token: CancellationToken, run: () => T | Promise<T>) => Promise<T>;

/** @param console where the places in the code are written to */
export function createGuard({ console }: Pick<Connection, "console">): Guard {
  return async (what, token, run) => {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    try {
      return await run();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      console.error(`${what} failed: ${traceOf(error)}`);
      throw new ResponseError(ErrorCodes.InternalError, say`${what} failed: ${messageOf(error)}`);
    }
  };
}
