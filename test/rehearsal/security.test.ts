import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { PlainClient } from "./support/plainClient.js";
import { DOCUMENT, type Run, rehearse } from "./support/rehearse.js";

/** fetch sets `Host` and `Origin` itself. */
function ask(
  run: Run,
  headers: Record<string, string>,
  method = "POST",
  path = "/mcp",
): Promise<{
  status: number | undefined;
  headers: Record<string, unknown>;
}> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: run.rehearsal.port, method, path, headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, headers: answer.headers });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Sends bytes as they are. */
function send(run: Run, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(run.rehearsal.port, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (piece) => {
      answer += piece;
    });
    socket.on("close", () => resolve(answer)).on("error", reject);
  });
}

describe("a rehearsal", () => {
  it("answers no name but its own", async () => {
    const run = await rehearse();
    const { status } = await ask(run, { host: `rebound.example.net:${run.rehearsal.port}` });
    expect(status).toBe(403);
    expect(run.step("other")).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("The request names the host rebound.example.net"),
    });
  });

  it.each(["https://evil.example.net", "null", "http://127.0.0.1.example.net"])(
    "answers no page of %s",
    async (origin) => {
      const run = await rehearse();
      const { status, headers } = await ask(run, { origin });
      expect(status).toBe(403);
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    },
  );

  it.each([
    ["no host", []],
    ["two hosts", ["Host: 127.0.0.1:PORT", "Host: evil.example.net"]],
    ["two origins", ["Host: 127.0.0.1:PORT", "Origin: http://localhost", "Origin: https://evil.example.net"]],
  ])("answers no request with %s", async (_what, lines) => {
    const run = await rehearse();
    const port = String(run.rehearsal.port);
    const version = lines.length > 0 ? "1.1" : "1.0";
    const head = [`GET /mcp HTTP/${version}`, "Connection: close", ...lines].join("\r\n");
    expect(await send(run, `${head.replaceAll("PORT", port)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(["http://localhost:6274", "http://127.0.0.1:5173", "http://[::1]:80"])(
    "answers pages of %s, which may read it",
    async (origin) => {
      const run = await rehearse();
      const { status, headers } = await ask(run, { origin });
      expect(status).toBe(401);
      expect(headers["access-control-allow-origin"]).toBe(origin);
      expect(headers["access-control-expose-headers"]).toContain("WWW-Authenticate");
      const preflight = await ask(
        run,
        { origin, "access-control-request-headers": "authorization,mcp-protocol-version" },
        "OPTIONS",
      );
      expect(preflight.status).toBe(204);
      expect(preflight.headers["access-control-allow-headers"]).toBe("authorization,mcp-protocol-version");
    },
  );

  it("answers a page of this machine at the token endpoint", async () => {
    const run = await rehearse();
    const { tokens } = await new PlainClient(run).signIn({
      tokenHeaders: { origin: "http://localhost:6274" },
    });
    expect(tokens["access_token"]).toBeTruthy();
  });

  it("listens on 127.0.0.1 alone", async () => {
    const run = await rehearse();
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((one) => (one && one.family === "IPv4" && !one.internal ? [one.address] : []));
    const reached = await Promise.all(
      ["127.0.0.2", ...others].map(
        (host) =>
          new Promise<boolean>((resolve) => {
            const socket = connect(run.rehearsal.port, host);
            socket.setTimeout(500, () => resolve(false));
            socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
            socket.once("connect", () => socket.destroy());
          }),
      ),
    );
    expect(reached.filter(Boolean)).toEqual([]);
  });

  it("reads no body without end, and no address of another origin", async () => {
    const run = await rehearse();
    const body = new Uint8Array(65_537);
    const answer = await fetch(`${run.origin}/token`, { method: "POST", body });
    expect(answer.status).toBe(400);
    expect((await ask(run, {}, "GET", "http://evil.example.net/mcp")).status).toBe(400);
  });

  it("forgets the oldest of many sign-ins", { timeout: 60_000 }, async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const codes: string[] = [];
    for (let sent = 0; sent <= 200; sent++) {
      const { headers } = await client.authorize();
      codes.push(new URL(headers.get("location") ?? "").searchParams.get("code") ?? "");
    }
    expect((await client.token({ code: codes[0] ?? "" })).status).toBe(400);
    expect(run.step("token")?.sentence).toContain("The code was not issued in this run");
    expect((await client.token({ code: codes.at(-1) ?? "" })).status).toBe(200);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "not a url", "https://app.acme.dev:99999/cb"])(
    "sends no browser to %s, whatever the server takes",
    async (redirectUri) => {
      for (const server of ["cimd-reader", "pomerium"])
        for (const consent of ["allow", "deny"] as const) {
          const run = await rehearse({ ...DOCUMENT, redirect_uris: [redirectUri] }, { server, consent });
          const answer = await new PlainClient(run).authorize({ redirect_uri: redirectUri });
          expect(answer.status).toBe(400);
          expect(answer.headers.get("location")).toBeNull();
          expect(run.step("authorization")?.outcome).toBe("failed");
          expect(run.step("other")).toBeUndefined();
        }
    },
  );

  it("says nothing of a client that goes away, and answers the next", async () => {
    const run = await rehearse();
    const before = run.steps.length;
    const socket = connect(run.rehearsal.port, "127.0.0.1");
    socket.write(
      `POST /token HTTP/1.1\r\nHost: 127.0.0.1:${run.rehearsal.port}\r\nContent-Length: 10\r\n\r\nab`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(run.steps.length).toBe(before);
    expect((await new PlainClient(run).signIn()).status).toBe(200);
  });

  it("says that it is at fault when it is, and goes on", async () => {
    let text = (): string => JSON.stringify(DOCUMENT);
    const run = await rehearse(DOCUMENT, { text: () => text() });
    text = () => {
      throw new Error("no text");
    };
    expect((await new PlainClient(run).authorize()).status).toBe(500);
    expect(run.step("other")?.sentence).toContain("That is our fault: please report it. (no text)");
    text = () => JSON.stringify(DOCUMENT);
    expect((await new PlainClient(run).signIn()).status).toBe(200);
  });

  it("has secrets of its own in each run", async () => {
    const [one, other] = [await rehearse(), await rehearse()];
    const { tokens } = await new PlainClient(one).signIn();
    expect((await new PlainClient(other).mcp(tokens["access_token"])).status).toBe(401);
    const keys = await Promise.all(
      [one, other].map(async ({ origin }) => (await fetch(`${origin}/jwks`)).text()),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  it("publishes no private key", async () => {
    const run = await rehearse();
    const { keys } = (await (await fetch(`${run.origin}/jwks`)).json()) as { keys: object[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).not.toHaveProperty("d");
  });

  it("is gone when it was stopped, whoever is still connected", async () => {
    const run = await rehearse();
    const { tokens } = await new PlainClient(run).signIn();
    await new PlainClient(run).mcp(tokens["access_token"]);
    await run.rehearsal.stop();
    await expect(fetch(run.rehearsal.address)).rejects.toThrow();
    const next = await rehearse(DOCUMENT, { port: run.rehearsal.port });
    expect(next.rehearsal.port).toBe(run.rehearsal.port);
  });

  it("makes no request, whatever the document names", async () => {
    const original = globalThis.fetch;
    const run = await rehearse({
      ...DOCUMENT,
      logo_uri: "http://127.0.0.1:9/logo.png",
      sector_identifier_uri: "https://app.acme.dev/sector.json",
      jwks_uri: "https://app.acme.dev/jwks.json",
    });
    const asked: string[] = [];
    globalThis.fetch = (input, init) => {
      asked.push(String(input));
      return original(input, init);
    };
    try {
      await new PlainClient(run).signIn();
    } finally {
      globalThis.fetch = original;
    }
    expect(asked.filter((url) => !url.startsWith(run.origin))).toEqual([]);
  });
});
