/** Error codes of JSON-RPC 2.0, and those that LSP 3.18 adds ("ErrorCodes"). */
export const ErrorCodes = {
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParams: -32602,
  InternalError: -32603,
  /** A request arrived before `initialize`. */
  ServerNotInitialized: -32002,
  /** The editor withdrew its request. */
  RequestCancelled: -32800,
  /** The document changed, so that the answer would be about nothing. */
  ContentModified: -32801,
  /** The server gave up; the editor asks again. */
  ServerCancelled: -32802,
} as const;

const NAME = "ResponseError";

/**
 * An answer that says why there is no result. Not the LSP library's class: what throws it may be in a file of its own in
 * the bundle, which need not bring the library along.
 */
export class ResponseError extends Error {
  override readonly name = NAME;
  readonly code: number;
  readonly data: unknown;

  /** @param data what the method's specification says that comes with such an error */
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Whether an error is such an answer. By name, since each file of the bundle may have a class of its own. */
export function isResponseError(error: unknown): error is ResponseError {
  return error instanceof Error && error.name === NAME;
}
