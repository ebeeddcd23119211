import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

/** A message of JSON-RPC 2.0, as far as a test looks into it. */
// biome-ignore lint/suspicious/noExplicitAny: what a language server sends is what the tests are about
type Json = any;

/**
 * The smallest language client there can be, as the base protocol describes it and with no library: it frames messages by
 * `Content-Length`, knows requests, responses and notifications, and nothing of their content. A request that the server
 * sends is refused (`MethodNotFound`) unless the test has an answer to it.
 */
export class PlainClient {
  /** What the server said of itself. */
  initialized: Json;
  /** The methods of all requests that the server has sent, answered or not. */
  readonly requested: string[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, { answer(message: Json): void; fail(error: Error): void }>();
  readonly #received = new Map<string, Json[]>();
  readonly #waiting = new Map<string, (params: Json) => void>();
  readonly #answers: Readonly<Record<string, (params: Json) => unknown>>;
  #unread = Buffer.alloc(0);
  #lastId = 0;

  private constructor(
    child: ChildProcessWithoutNullStreams,
    answers: Readonly<Record<string, (params: Json) => unknown>>,
  ) {
    this.#child = child;
    this.#answers = answers;
    child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    child.once("exit", (code, signal) => {
      for (const { fail } of this.#pending.values())
        fail(new Error(`The language server has ended: ${code ?? signal}`));
    });
  }

  /**
   * Starts a language server and shakes hands.
   *
   * @param capabilities what the client says it can do (default: nothing)
   * @param answers what it answers to the server's requests, by method
   * @param initializationOptions the server's own part of `initialize`
   * @param rootUri the folder that an editor without workspace folders works in
   */
  static async start(
    program: string,
    args: readonly string[],
    {
      capabilities = {},
      answers = {},
      initializationOptions,
      rootUri = null,
    }: {
      capabilities?: object;
      answers?: Readonly<Record<string, (params: Json) => unknown>>;
      initializationOptions?: object;
      rootUri?: string | null;
    } = {},
  ): Promise<PlainClient> {
    const child = spawn(program, args, { stdio: "pipe", shell: program.endsWith(".cmd") });
    child.stderr.pipe(process.stderr);
    const client = new PlainClient(child, answers);
    client.initialized = await client.request("initialize", {
      processId: process.pid,
      rootUri,
      capabilities,
      ...(initializationOptions === undefined ? {} : { initializationOptions }),
    });
    client.notify("initialized", {});
    return client;
  }

  /** @throws {Error} with the server's message, where it answers with an error; or where it ends instead */
  async request(method: string, params?: object): Promise<Json> {
    const id = ++this.#lastId;
    const answered = new Promise<Json>((answer, fail) => this.#pending.set(id, { answer, fail }));
    this.#write({ id, method, params });
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message} (${error.code})`);
    return result;
  }

  notify(method: string, params: object): void {
    this.#write({ method, params });
  }

  /** @returns the parameters of the oldest notification of a method that no test has seen yet, once there is one */
  async notification(method: string): Promise<Json> {
    const early = this.#received.get(method)?.shift();
    return early ?? new Promise((resolve) => this.#waiting.set(method, resolve));
  }

  /** Ends the server as the protocol wants it. @returns its exit code */
  async stop(): Promise<number | null> {
    await this.request("shutdown");
    const exited = once(this.#child, "exit");
    this.notify("exit", {});
    const [code] = await exited;
    return code;
  }

  #write(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const headerEnd = this.#unread.indexOf("\r\n\r\n");
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#unread.toString("ascii", 0, headerEnd))?.[1]);
      const end = headerEnd + 4 + length;
      if (this.#unread.length < end) return;
      const message = JSON.parse(this.#unread.toString("utf8", headerEnd + 4, end));
      this.#unread = this.#unread.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, result, error }: Json): void {
    if (method === undefined) {
      this.#pending.get(id)?.answer({ result, error });
      this.#pending.delete(id);
    } else if (id !== undefined) {
      this.requested.push(method);
      const answer = this.#answers[method];
      this.#write(
        answer === undefined
          ? { id, error: { code: -32601, message: `this client does not know ${method}` } }
          : { id, result: answer(params) ?? null },
      );
    } else {
      const waiting = this.#waiting.get(method);
      this.#waiting.delete(method);
      if (waiting !== undefined) waiting(params);
      else this.#received.set(method, [...(this.#received.get(method) ?? []), params]);
    }
  }
}
