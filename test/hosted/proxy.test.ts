import { connect, type Socket } from "node:net";
import * as tls from "node:tls";
import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { bypassesProxy, type ProxySettings, proxyFromEnvironment } from "../../server/src/hosted/proxies.js";
import { selfSigned } from "./certificates.js";
import { answer, goodDocument, HOST, loopbackFetcher, TestServer } from "./testServer.js";

/** A proxy that takes CONNECT for any name and tunnels to this machine; notes what it was asked. */
async function proxy(reply: string, overTls = false) {
  const requests: string[] = [];
  const serve = (socket: Socket) => {
    let head = "";
    const read = (chunk: Buffer) => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", read);
      requests.push(head);
      socket.write(`HTTP/1.1 ${reply}\r\n\r\n`);
      if (!reply.startsWith("200")) {
        socket.end();
        return;
      }
      const port = Number(/^CONNECT [^:]+:(\d+)/.exec(head)?.[1]);
      const upstream = connect({ host: "127.0.0.1", port });
      upstream.on("error", () => socket.destroy());
      socket.on("close", () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    };
    socket.on("data", read);
  };
  const identity = selfSigned({ commonName: "proxy.acme.dev", names: ["127.0.0.1"] });
  const server = overTls
    ? await TestServer.plain((socket) => {
        const secure = new tls.TLSSocket(socket, { isServer: true, ...identity });
        secure.on("error", () => socket.destroy());
        serve(secure);
      })
    : await TestServer.plain(serve);
  return { server, requests, url: `${overTls ? "https" : "http"}://127.0.0.1:${server.port}` };
}

async function check(
  settings: ProxySettings,
  options: { identity?: ReturnType<typeof selfSigned>; url?: (port: number) => string } = {},
) {
  let url = "";
  await using origin = await TestServer.tls(
    (socket) => socket.end(answer({ body: goodDocument(url) })),
    {},
    options.identity,
  );
  url = options.url?.(origin.port) ?? origin.url();
  const report = await validateHosted(url, {
    servers: "none",
    fetcher: loopbackFetcher({ proxy: settings }),
  });
  return { report, state: (id: string) => report.steps.find((step) => step.id === id) };
}

describe("a proxy", () => {
  it("is used, and the report says that it looks names up", async () => {
    const { server, requests, url } = await proxy("200 Connection established");
    await using _server = server;
    const { report, state } = await check({ url });
    expect(report.ok).toBe(true);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^CONNECT app\.acme\.dev:\d+ HTTP\/1\.1\r\n/);
    expect(state("addresses")).toMatchObject({ state: "warning" });
    expect(state("addresses")?.sentence).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ looks the name up, so whether its addresses are public was not checked here\.$/,
    );
    expect(state("connection")?.sentence).toMatch(/^Connected through the proxy 127\.0\.0\.1:\d+\.$/);
  });

  it("gets its credentials, and no message shows them", async () => {
    const { server, requests, url } = await proxy("200 OK");
    await using _server = server;
    const { report } = await check({ url: url.replace("//", "//ann:s%23cret@") });
    expect(requests[0]).toContain(`\r\nproxy-authorization: Basic ${btoa("ann:s#cret")}\r\n`);
    expect(JSON.stringify(report)).not.toMatch(/cret|ann:/);
  });

  it("does not open the way to special-use addresses and names", async () => {
    const { server, requests, url } = await proxy("200 OK");
    await using _server = server;
    for (const host of ["127.0.0.1", "[::1]", "2130706433", "localhost", "169.254.169.254"]) {
      const { state } = await check({ url }, { url: (port) => `https://${host}:${port}/client.json` });
      expect(state("addresses")?.state).toBe("failed");
    }
    expect(requests).toEqual([]);
  });

  it("does not change that the origin's certificate is verified", async () => {
    const { server, url } = await proxy("200 OK");
    await using _server = server;
    const { state } = await check(
      { url, strictSSL: false },
      { identity: selfSigned({ commonName: HOST, names: [HOST] }) },
    );
    expect(state("tls")).toMatchObject({ state: "failed" });
    expect(state("tls")?.sentence).toContain("self-signed");
  });

  it("needs a trusted certificate, unless its own check is relaxed", async () => {
    const { server, url } = await proxy("200 OK", true);
    await using _server = server;
    const strict = await check({ url });
    expect(strict.state("connection")?.sentence).toMatch(
      /^The certificate of the proxy 127\.0\.0\.1:\d+ is not trusted: self-signed certificate\.$/,
    );
    const relaxed = await check({ url, strictSSL: false });
    expect(relaxed.report.ok).toBe(true);
  });

  it("that wants a login is named", async () => {
    const { server, url } = await proxy("407 Proxy Authentication Required");
    await using _server = server;
    const { state } = await check({ url });
    expect(state("connection")?.sentence).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ wants a user name and password \(407\)\.$/,
    );
  });

  it("that refuses the tunnel is named", async () => {
    const { server, url } = await proxy("403 Forbidden");
    await using _server = server;
    const { state } = await check({ url });
    expect(state("connection")?.sentence).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ refused a tunnel to app\.acme\.dev:\d+ \(403\)\.$/,
    );
  });

  it("that says nothing is named", async () => {
    await using silent = await TestServer.plain((socket) => socket.resume());
    const report = await validateHosted(`https://${HOST}/client.json`, {
      servers: "none",
      timeoutSeconds: 1,
      fetcher: loopbackFetcher({ proxy: { url: `http://127.0.0.1:${silent.port}` } }),
    });
    expect(report.steps.find(({ id }) => id === "connection")?.sentence).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ did not open a tunnel to app\.acme\.dev:443 within 1\.\d s\.$/,
    );
  });

  it("that is not there is named", async () => {
    const { state } = await check({ url: "http://127.0.0.1:1" });
    expect(state("connection")?.sentence).toBe(
      "The configured proxy cannot be reached: 127.0.0.1:1 (ECONNREFUSED).",
    );
  });

  it("of another kind is named", async () => {
    const { state } = await check({ url: "socks5://127.0.0.1:1080" });
    expect(state("connection")?.sentence).toBe(
      "The configured proxy is not an http or https proxy (socks5), so nothing was fetched.",
    );
  });

  it("is left out for hosts that need none", async () => {
    const { server, requests, url } = await proxy("200 OK");
    await using _server = server;
    const { report } = await check({ url, noProxy: [".acme.dev"] });
    expect(report.ok).toBe(true);
    expect(requests).toEqual([]);
  });
});

describe("bypassesProxy", () => {
  const CASES: readonly (readonly [host: string, port: number, entry: string, bypasses: boolean])[] = [
    ["acme.dev", 443, "acme.dev", true],
    ["app.acme.dev", 443, "acme.dev", true],
    ["app.acme.dev", 443, ".acme.dev", true],
    ["app.acme.dev", 443, "*.acme.dev", true],
    ["app.acme.dev", 443, "ACME.DEV", true],
    ["notacme.dev", 443, "acme.dev", false],
    ["acme.dev", 443, "acme.dev:443", true],
    ["acme.dev", 443, "acme.dev:8443", false],
    ["anything.example", 443, "*", true],
    ["10.1.2.3", 443, "10.0.0.0/8", true],
    ["11.1.2.3", 443, "10.0.0.0/8", false],
    ["10.1.2.3", 443, "fd00::/8", false],
    ["fd00::1", 443, "fd00::/8", true],
    ["10.1.2.3", 443, "10.1.2.3", true],
    ["10.1.2.3", 443, "nonsense/8", false],
    ["acme.dev", 443, "", false],
  ];
  for (const [host, port, entry, bypasses] of CASES) {
    it(`${host}:${port} ${bypasses ? "goes around" : "goes through"} with "${entry}"`, () => {
      expect(bypassesProxy(host, port, [entry])).toBe(bypasses);
    });
  }
});

describe("proxyFromEnvironment", () => {
  it("reads the usual variables", () => {
    expect(proxyFromEnvironment({})).toBeUndefined();
    expect(
      proxyFromEnvironment({ HTTPS_PROXY: "http://p:3128", NO_PROXY: "a.example, .b.example  c" }),
    ).toEqual({
      url: "http://p:3128",
      noProxy: ["a.example", ".b.example", "c"],
    });
    expect(proxyFromEnvironment({ https_proxy: "p:3128" })?.url).toBe("http://p:3128");
    expect(proxyFromEnvironment({ HTTP_PROXY: "http://p:3128" })).toBeUndefined();
  });
});
