import { Cancellation, type CancellationToken } from "./cancellation.js";
import { nextTurn } from "./turns.js";

/** The way messages take: a stream, a process' channel, a web worker. */
export interface Transport {
  /**
   * Starts to receive; called once.
   *
   * @param onMessage gets each message, already parsed
   * @param onFault told of what arrived and is no message
   * @param onClose the other side is gone
   */
  listen(onMessage: (message: unknown) => void, onFault: (reason: string) => void, onClose: () => void): void;
  send(message: object): void;
}

/** Error codes of JSON-RPC 2.0, and those that LSP 3.18 adds ("ErrorCodes"). */
export const ErrorCodes = {
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParams: -32602,
  InternalError: -32603,
  /** The editor withdrew its request. */
  RequestCancelled: -32800,
  /** The document changed, so that the answer would be about nothing. */
  ContentModified: -32801,
  /** The server gave up; the editor asks again. */
  ServerCancelled: -32802,
} as const;

/** An answer that says why there is no result. */
export class ResponseError extends Error {
  readonly code: number;
  readonly data: unknown;

  /** @param data what the method's specification says that comes with such an error */
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = "ResponseError";
    this.code = code;
    this.data = data;
  }
}

/** What a method does with the parameters that came. */
export type RequestHandler = (params: unknown, token: CancellationToken) => unknown;
export type NotificationHandler = (params: unknown) => void;

type Id = number | string;

/** A message as far as it decides what is done with it. */
interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

interface Awaited {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const CANCEL = "$/cancelRequest";

/**
 * JSON-RPC 2.0 as LSP uses it: requests and notifications both ways, one message a turn in the order of their arrival,
 * and cancellation, which overtakes what waits.
 *
 * Sources: JSON-RPC 2.0 Specification; LSP 3.18, "Base Protocol".
 */
export class JsonRpc {
  readonly #transport: Transport;
  readonly #onFault: (reason: string) => void;
  readonly #onClose: () => void;
  readonly #requests = new Map<string, RequestHandler>();
  readonly #notifications = new Map<string, NotificationHandler>();
  readonly #arrived: Message[] = [];
  readonly #running = new Map<Id, Cancellation>();
  readonly #awaited = new Map<Id, Awaited>();
  #firstOther: (() => void) | undefined;
  #isReading = false;
  #isDisposed = false;
  #lastId = 0;

  /**
   * @param onFault told of messages that are none, and of handlers of notifications that fail
   * @param onClose the other side is gone
   */
  constructor(transport: Transport, onFault: (reason: string) => void, onClose: () => void) {
    this.#transport = transport;
    this.#onFault = onFault;
    this.#onClose = onClose;
  }

  /** @param handler a `ResponseError` that it throws is the answer */
  onRequest(method: string, handler: RequestHandler): void {
    this.#requests.set(method, handler);
  }

  onNotification(method: string, handler: NotificationHandler): void {
    this.#notifications.set(method, handler);
  }

  /** @param answer called once, at the first request that has no handler: it may add one */
  onFirstOther(answer: () => void): void {
    this.#firstOther = answer;
  }

  listen(): void {
    this.#transport.listen(
      (message) => this.#receive(message),
      this.#onFault,
      () => {
        this.#abandon();
        this.#onClose();
      },
    );
  }

  /** Receives and sends nothing any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#abandon();
  }

  /** @returns the other side's result; rejects where it answers with an error, or is gone */
  request(method: string, params: object | undefined): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#awaited.set(id, { resolve, reject });
      this.#send({ id, method, ...(params && { params }) });
    });
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    if (!this.#isDisposed) this.#transport.send({ jsonrpc: "2.0", ...message });
  }

  #abandon(): void {
    this.#arrived.length = 0;
    for (const { reject } of this.#awaited.values()) reject(new Error("The connection has ended."));
    this.#awaited.clear();
    for (const running of this.#running.values()) running.cancel();
  }

  #receive(received: unknown): void {
    if (typeof received !== "object" || received === null || Array.isArray(received)) {
      this.#onFault("A message is no object.");
      return;
    }
    const message: Message = received;
    if (message.method === CANCEL) {
      this.#cancel(message.params);
      return;
    }
    if (typeof message.method === "string" && isId(message.id))
      this.#running.set(message.id, new Cancellation());
    this.#arrived.push(message);
    if (!this.#isReading) void this.#read();
  }

  /** Handles what has arrived; between two messages, what the first one began can go on. */
  async #read(): Promise<void> {
    this.#isReading = true;
    await nextTurn();
    for (let message = this.#arrived.shift(); message; message = this.#arrived.shift()) {
      this.#handle(message);
      await nextTurn();
    }
    this.#isReading = false;
  }

  #handle(message: Message): void {
    const { id, method, params } = message;
    if (typeof method !== "string") this.#settle(message);
    else if (isId(id)) void this.#answer(id, method, params);
    else {
      try {
        // Nobody has to understand every notification.
        this.#notifications.get(method)?.(params);
      } catch (error) {
        this.#onFault(`${method} failed: ${String(error)}`);
      }
    }
  }

  async #answer(id: Id, method: string, params: unknown): Promise<void> {
    const cancellation = this.#running.get(id) ?? new Cancellation();
    try {
      if (!this.#requests.has(method)) {
        this.#firstOther?.();
        this.#firstOther = undefined;
      }
      const handler = this.#requests.get(method);
      if (!handler) throw new ResponseError(ErrorCodes.MethodNotFound, `There is no method ${method}.`);
      const result = await handler(params, cancellation.token);
      this.#send({ id, result: result ?? null });
    } catch (error) {
      const { code, data } =
        error instanceof ResponseError ? error : { code: ErrorCodes.InternalError, data: undefined };
      const message = error instanceof Error ? error.message : String(error);
      this.#send({ id, error: { code, message, ...(data === undefined ? {} : { data }) } });
    } finally {
      this.#running.delete(id);
    }
  }

  /** An answer has come. */
  #settle({ id, result, error }: Message): void {
    const awaited = isId(id) ? this.#awaited.get(id) : undefined;
    if (!awaited || !isId(id)) {
      this.#onFault("A message is neither a request nor a notification, nor an answer to a request.");
      return;
    }
    this.#awaited.delete(id);
    if (error) awaited.reject(new ResponseError(error.code, error.message, error.data));
    else awaited.resolve(result);
  }

  #cancel(params: unknown): void {
    const id = typeof params === "object" && params !== null && "id" in params ? params.id : undefined;
    // One that was answered in the meantime needs no cancelling.
    if (isId(id)) this.#running.get(id)?.cancel();
  }
}

function isId(id: unknown): id is Id {
  return typeof id === "number" || typeof id === "string";
}
