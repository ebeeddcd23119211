import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { Authority } from "../../hosted/certificates.js";

/** A public name that leads to this machine, for one Chromium: a document on a loopback address would be refused. */
export const NAME = "app.acme.dev";

/** What the host was asked. */
interface Asked {
  readonly path: string;
  readonly cookie: string | undefined;
  readonly origin: string | undefined;
}

/** A web server of the tests, over TLS. */
export class PublicHost {
  /** What each path answers; the others answer 404. */
  readonly answers = new Map<string, { status?: number; headers?: Record<string, string>; body?: string }>();
  readonly asked: Asked[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async listen(): Promise<PublicHost> {
    const { cert, key } = Authority.root("Web Root").issue({ commonName: NAME, names: [NAME] });
    const server = createServer({ cert, key });
    const host = new PublicHost(server);
    server.on("request", ({ url = "", method, headers }, response) => {
      // What a browser asks before it posts JSON to another origin.
      if (method === "OPTIONS") {
        const allow = { "access-control-allow-headers": "content-type" };
        response.writeHead(204, { ...host.answers.get(url)?.headers, ...allow }).end();
        return;
      }
      host.asked.push({ path: url, cookie: headers.cookie, origin: headers.origin });
      const { status = 200, headers: sent = {}, body = "" } = host.answers.get(url) ?? { status: 404 };
      response.writeHead(status, sent).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return host;
  }

  /** What Chromium has to be told: where the name leads, and that the certificate will do. */
  get browserFlags(): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return [`--host-resolver-rules=MAP ${NAME}:443 127.0.0.1:${port}`, "--ignore-certificate-errors"];
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
