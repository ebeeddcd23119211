import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import * as tls from "node:tls";
import type { Fetcher } from "../../server/src/hosted/fetcher.js";
import { createNodeFetcher, type NodeFetcherOptions } from "../../server/src/hosted/node/index.js";
import { Authority, type Identity } from "./certificates.js";

/** The name under which the tests' server is reached; it never leaves this machine. */
export const HOST = "app.acme.dev";

/** Authorities and certificates are made once a test file. */
export const ROOT = Authority.root("Test Root");
export const GOOD_IDENTITY = ROOT.issue({
  commonName: HOST,
  names: [HOST, "127.0.0.1"],
});

/** What a server does with a connection once it is open (and TLS, if any, is done). */
export type Behaviour = (socket: Socket | tls.TLSSocket) => void;

/** A server that misbehaves on purpose, and closes everything at the end. */
export class TestServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly port: number;
  /** Connections that were opened, whatever became of them. */
  connections = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** A TLS server that answers each request on a connection with `behaviour`. */
  static tls(
    behaviour: Behaviour,
    options: tls.TlsOptions = {},
    identity: Identity = GOOD_IDENTITY,
  ): Promise<TestServer> {
    return TestServer.#listen(
      tls.createServer({ cert: identity.cert, key: identity.key, ...options }, (socket) =>
        onRequest(socket, behaviour),
      ),
    );
  }

  /** A TCP server without TLS. */
  static plain(behaviour: Behaviour): Promise<TestServer> {
    return TestServer.#listen(createServer(behaviour));
  }

  static async #listen(server: Server): Promise<TestServer> {
    // A client that breaks off, or a handshake that is meant to fail, is not this server's trouble.
    server.on("tlsClientError", noop);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const listening = new TestServer(server, (server.address() as AddressInfo).port);
    server.on("connection", (socket) => {
      listening.connections++;
      listening.#sockets.add(socket);
      socket.on("error", noop);
      socket.on("close", () => listening.#sockets.delete(socket));
    });
    return listening;
  }

  url(path = "/client.json", host = HOST): string {
    return `https://${host}:${this.port}${path}`;
  }

  /** Waits until the other side has closed every connection; the test's own time limit ends the waiting. */
  async idle(): Promise<void> {
    while (this.#sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function noop(): void {}

/** Calls `behaviour` when the header section of a request has arrived. */
function onRequest(socket: tls.TLSSocket, behaviour: Behaviour): void {
  let seen = "";
  socket.on("error", noop);
  const read = (chunk: Buffer) => {
    seen += chunk.toString("latin1");
    if (!seen.includes("\r\n\r\n")) return;
    socket.off("data", read);
    socket.resume();
    behaviour(socket);
  };
  socket.on("data", read);
}

/**
 * A fetcher for which every name has a public address, and every connection to it ends at this machine: the guard works
 * as it does in earnest, and no packet leaves.
 */
export function loopbackFetcher(options: NodeFetcherOptions = {}): Fetcher {
  return createNodeFetcher({
    authorities: [ROOT.identity.cert],
    ...options,
    network: {
      lookup: async () => ["93.184.215.14"],
      dial: (_address, port) => connect({ host: "127.0.0.1", port }),
      ...options.network,
    },
  });
}

export interface Answer {
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** Headers that every check likes. */
export const GOOD_HEADERS = {
  "Content-Type": "application/json",
  "Cache-Control": "public, max-age=3600",
} as const;

/** A complete HTTP/1.1 answer as bytes. */
export function answer({ status = "200 OK", headers = GOOD_HEADERS, body = "" }: Answer): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const lines = Object.entries({
    "Content-Length": String(bytes.length),
    ...headers,
  }).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => `${name}: ${one}`),
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\n\r\n`), bytes]);
}

/** A document without any problem, for the URL it will be served from. */
export function goodDocument(url: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    client_id: url,
    client_name: "Acme Notes",
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/callback"],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...more,
  });
}
