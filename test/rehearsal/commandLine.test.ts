import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CliIo } from "../../server/src/cli/io.js";
import { run } from "../../server/src/cli/main.js";
import { PlainClient } from "./support/plainClient.js";
import { DOCUMENT, type Run } from "./support/rehearse.js";

let folder: string;
const file = () => path.join(folder, "client.cimd.json");

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-rehearse-"));
  writeFileSync(file(), JSON.stringify(DOCUMENT));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command while it runs. */
class Command {
  out = "";
  err = "";
  readonly #interruption = Promise.withResolvers<void>();
  readonly code: Promise<number>;

  constructor(...argv: string[]) {
    const io: CliIo = {
      stdout: ({ text }) => {
        this.out += text;
      },
      stderr: ({ text }) => {
        this.err += text;
      },
      readStdin: async () => JSON.stringify(DOCUMENT),
      interrupted: () => this.#interruption.promise,
      colour: false,
      env: {},
      cwd: folder,
    };
    this.code = run(["rehearse", ...argv], io);
  }

  interrupt(): void {
    this.#interruption.resolve();
  }

  /** A client of the address that was printed. */
  async client(): Promise<PlainClient> {
    const address = await vi.waitFor(() => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(this.out) ?? [];
      if (found === undefined) throw new Error("no address yet");
      return found;
    });
    return new PlainClient({ origin: new URL(address).origin, rehearsal: { address } } as Run);
  }
}

async function signIn(client: PlainClient): Promise<void> {
  const { tokens } = await client.signIn();
  await client.mcp(tokens["access_token"]);
}

describe("cimd rehearse", () => {
  it("prints the address and a line a step, until Ctrl-C", async () => {
    const command = new Command("client.cimd.json", "--consent", "allow");
    await signIn(await command.client());
    command.interrupt();
    expect(await command.code).toBe(0);
    expect(command.out).toMatch(/^✓ \d+\.\ds token: The token request is right/m);
    expect(command.out).toMatch(/^✓ \d+\.\ds mcp: /m);
    expect(command.err).toBe("");
  });

  it("reads the file again for each sign-in", async () => {
    const command = new Command("client.cimd.json", "--consent", "allow");
    const client = await command.client();
    writeFileSync(file(), JSON.stringify({ ...DOCUMENT, redirect_uris: ["https://app.acme.dev/cb"] }));
    await client.authorize();
    writeFileSync(file(), JSON.stringify(DOCUMENT));
    await client.authorize();
    command.interrupt();
    await command.code;
    expect(command.out.match(/^\S \S+ authorization/gm)?.map(([mark]) => mark)).toEqual(["✗", "!"]);
  });

  it("writes one JSON object a line", async () => {
    const command = new Command("-", "--format", "json", "--once");
    await signIn(await command.client());
    expect(await command.code).toBe(0);
    const lines = command.out
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(lines.find(({ type }) => type === "start")).toMatchObject({
      version: 1,
      port: expect.any(Number),
    });
    expect(lines.filter(({ type }) => type === "step").at(-1)).toMatchObject({
      name: "mcp",
      outcome: "passed",
    });
    expect(lines.at(-1)).toEqual({ type: "end", ended: "signed-in" });
  });
});

describe("cimd rehearse --once", () => {
  it("ends with 0 at the first whole sign-in", async () => {
    const command = new Command("client.cimd.json", "--once");
    await signIn(await command.client());
    expect(await command.code).toBe(0);
    expect(command.out).toContain("✓ Signed in.");
  });

  it("ends with 1 at a failed step", async () => {
    const command = new Command("client.cimd.json", "--once");
    await (await command.client()).authorize({ code_challenge: null });
    expect(await command.code).toBe(1);
  });

  it("ends with 1 when nobody comes", async () => {
    const command = new Command("client.cimd.json", "--once", "--timeout", "0.2");
    expect(await command.code).toBe(1);
    expect(command.out).toContain("Nobody signed in");
  });

  it("ends with 1 when it is interrupted", async () => {
    const command = new Command("client.cimd.json", "--once");
    await command.client();
    command.interrupt();
    expect(await command.code).toBe(1);
  });

  it("ends with 0 when the client was to be denied, and was", async () => {
    const command = new Command("client.cimd.json", "--once", "--consent", "deny");
    await (await command.client()).authorize();
    expect(await command.code).toBe(0);
  });
});

describe("cimd rehearse ends with 2", () => {
  it.each([
    ["without a file", [], "it takes one file."],
    ["for a file that is not there", ["none.cimd.json"], "none.cimd.json does not exist."],
    [
      "for a server that nobody knows",
      ["client.cimd.json", "--server", "acme"],
      '--server takes one id of "cimd servers", not "acme".',
    ],
    ["for a time that no timer has", ["client.cimd.json", "--timeout", "2147484"], "up to 2147483, not"],
    ["for a group of servers", ["client.cimd.json", "--server", "mcp"], "--server takes one id"],
    [
      "for a consent that is none",
      ["client.cimd.json", "--consent", "yes"],
      '--consent takes ask, allow, deny, not "yes".',
    ],
    [
      "for a port that is none",
      ["client.cimd.json", "--port", "65536"],
      '--port takes a number up to 65535, not "65536".',
    ],
  ])("%s", async (_name, argv, message) => {
    const command = new Command(...argv);
    expect(await command.code).toBe(2);
    expect(command.err).toContain(message);
  });

  it("for a port in use", async () => {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    const command = new Command("client.cimd.json", "--port", String(port));
    expect(await command.code).toBe(2);
    expect(command.err).toContain(`Port ${port} of 127.0.0.1 is in use.`);
    await new Promise((resolve) => http.close(resolve));
  });

  it("for a document of atproto", async () => {
    writeFileSync(path.join(folder, "atproto.json"), JSON.stringify({ ...DOCUMENT, scope: "atproto" }));
    const command = new Command("atproto.json");
    expect(await command.code).toBe(2);
    expect(command.err).toContain("This is an atproto document.");
  });
});
