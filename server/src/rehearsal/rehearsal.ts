import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The requests of a sign-in, in the order in which a client makes them; `document` is said before the first of them. */
export const STEP_NAMES = [
  "document",
  "unauthorized",
  "resource-metadata",
  "server-metadata",
  "registration",
  "authorization",
  "consent",
  "token",
  "refresh",
  "mcp",
  "other",
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** One request of the client and what was right and wrong in it. */
export interface RehearsalStep {
  readonly name: StepName;
  readonly outcome: "passed" | "failed" | "warning" | "note";
  /** What happened, in one sentence of the person's language. */
  readonly sentence: string;
  /** More sentences: what was right, what was wrong, what to do. Parts of them are the client's and the document's words. */
  readonly detail: readonly string[];
  /** Milliseconds since the rehearsal started. */
  readonly at: number;
}

export interface RehearsalOptions {
  /** The document's text now; asked at every request that needs it, so that unsaved typing counts. */
  text(): string;
  /** The id of the authorization server to answer as; without it, the specifications decide. */
  readonly server?: string | undefined;
  /** Where to listen; 0 or absent is a free port. */
  readonly port?: number | undefined;
  /** `ask` shows the consent page in the person's browser. */
  readonly consent: "ask" | "allow" | "deny";
  /** Called for each step as it happens. */
  onStep(step: RehearsalStep): void;
  /** Called with the first whole sign-in: a token was issued and used at the MCP server. */
  onSignedIn?(): void;
}

export interface Rehearsal {
  /** What the client is given: `http://127.0.0.1:PORT/mcp`. */
  readonly address: string;
  readonly port: number;
  /** Closes every connection; nothing is left. */
  stop(): Promise<void>;
}

/** A rehearsal that cannot start. */
export class RehearsalError extends Error {
  readonly code: "port-in-use" | "unknown-server" | "unsupported-document";

  constructor(code: RehearsalError["code"], message: string) {
    super(message);
    this.name = "RehearsalError";
    this.code = code;
  }
}

/** The only address that is listened on. */
const HOST = "127.0.0.1";

/**
 * Starts an MCP server and its authorization server on this machine, for one's own client to sign in to.
 *
 * @throws {RehearsalError} where the port is taken, the server is unknown, or the document is none that can be rehearsed
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const port = await listen(http, options.port ?? 0);
  return {
    address: `http://${HOST}:${port}/mcp`,
    port,
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new RehearsalError("port-in-use", `Port ${port} of ${HOST} is in use.`)
          : error,
      ),
    );
    http.listen(port, HOST, resolve);
  });
  return (http.address() as AddressInfo).port;
}
