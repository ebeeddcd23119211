import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Authority } from "../../hosted/certificates.js";

/** Serves one text over TLS on this machine, and notes every path that was asked for. */
export class Host {
  /** What `/client.json` answers. */
  text = "";
  readonly asked: string[] = [];
  readonly #server: Server;

  constructor(authority: Authority) {
    const { cert, key } = authority.issue({ commonName: "127.0.0.1", names: ["127.0.0.1"] });
    this.#server = createServer({ cert, key }, ({ url = "" }, response) => {
      this.asked.push(url);
      if (url !== "/client.json") response.writeHead(404).end();
      else response.writeHead(200, { "content-type": "application/json" }).end(this.text);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
