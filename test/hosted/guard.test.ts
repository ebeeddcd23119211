import { connect } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import type { FetchTrail } from "../../server/src/hosted/fetcher.js";
import { limitsFor } from "../../server/src/hosted/limits.js";
import { createNodeFetcher, type NodeFetcherOptions } from "../../server/src/hosted/node/index.js";
import { selfSigned } from "./certificates.js";
import { answer, goodDocument, HOST, loopbackFetcher, ROOT, TestServer } from "./testServer.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Counts what reaches the network, and lets nothing through. */
function closedNetwork(addresses: readonly string[] = ["93.184.215.14"]) {
  const lookup = vi.fn(async (_name: string) => addresses);
  const dial = vi.fn((_address: string, _port: number): never => {
    throw new Error("nothing may be dialled");
  });
  return { lookup, dial };
}

function get(
  url: string,
  options: NodeFetcherOptions,
  more: { typedLoopback?: boolean } = {},
): Promise<FetchTrail> {
  return createNodeFetcher(options)({ url, accept: "application/json", limits: limitsFor(5), ...more });
}

describe("before any connection", () => {
  const LITERALS = [
    "https://127.0.0.1/x.json",
    "https://127.0.0.1:8443/x.json",
    "https://127.1/x.json",
    "https://0x7f.1/x.json",
    "https://0x7f000001/x.json",
    "https://2130706433/x.json",
    "https://0177.0.0.1/x.json",
    "https://[::1]/x.json",
    "https://[::ffff:127.0.0.1]/x.json",
    "https://[::ffff:7f00:1]/x.json",
    "https://[64:ff9b::7f00:1]/x.json",
    "https://[2002:7f00:1::]/x.json",
    "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/x.json",
    "https://[fe80::1]/x.json",
    "https://[fd00::1]/x.json",
    "https://10.0.0.1/x.json",
    "https://100.64.0.1/x.json",
    "https://169.254.169.254/latest/meta-data",
    "https://0.0.0.0/x.json",
    "https://168.63.129.16/machine?comp=goalstate",
    "https://１２７.0.0.1/x.json",
  ];

  for (const url of LITERALS) {
    it(`refuses ${url}`, async () => {
      const network = closedNetwork();
      const { fault } = await get(url, { network });
      expect(fault).toMatchObject({ stage: "addresses", code: "special-use-address" });
      expect(network.lookup).not.toHaveBeenCalled();
      expect(network.dial).not.toHaveBeenCalled();
    });
  }

  for (const url of [
    "https://localhost/x.json",
    "https://localhost./x.json",
    "https://app.localhost/x.json",
  ]) {
    it(`refuses ${url}`, async () => {
      const network = closedNetwork();
      const { fault } = await get(url, { network });
      expect(fault).toMatchObject({ stage: "addresses", code: "special-use-name" });
      expect(network.lookup).not.toHaveBeenCalled();
    });
  }

  const INSIDE = [
    "https://intranet/x.json",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://router.local/x.json",
    "https://printer.home.arpa./x.json",
  ];
  for (const url of INSIDE) {
    it(`refuses ${url}, and asks no proxy about it`, async () => {
      const network = closedNetwork();
      for (const proxy of [undefined, { url: "http://proxy.acme.dev:3128" }]) {
        const { fault } = await get(url, { network, proxy });
        expect(fault).toMatchObject({ stage: "addresses", code: "non-public-name" });
      }
      expect(network.lookup).not.toHaveBeenCalled();
      expect(network.dial).not.toHaveBeenCalled();
    });
  }

  it("looks a name inside a network up where that is allowed", async () => {
    const network = closedNetwork(["10.0.0.1"]);
    await get("https://intranet/x.json", { network, allowPrivateNetwork: true });
    expect(network.lookup).toHaveBeenCalledWith("intranet");
  });

  it("refuses a name that resolves to loopback", async () => {
    const network = closedNetwork(["127.0.0.1"]);
    const { fault } = await get("https://app.acme.dev/x.json", { network });
    expect(fault).toMatchObject({ code: "special-use-address", detail: "127.0.0.1 is a loopback address" });
    expect(network.dial).not.toHaveBeenCalled();
  });

  it("refuses a name of which one address is special", async () => {
    for (const address of ["::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1%eth0", "168.63.129.16"]) {
      const network = closedNetwork(["93.184.215.14", address]);
      expect((await get("https://app.acme.dev/x.json", { network })).fault).toMatchObject({
        code: "special-use-address",
      });
      expect(network.dial).not.toHaveBeenCalled();
    }
  });

  it("refuses what is not https, or holds credentials", async () => {
    const network = closedNetwork();
    const codes = [];
    for (const url of [
      "http://acme.dev/x",
      "ftp://acme.dev/x",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "https://u:p@acme.dev/x",
      "https://@acme.dev/x",
      "https://acme.dev:0/x",
      "nonsense",
      "",
    ]) {
      codes.push((await get(url, { network })).fault?.code);
    }
    expect(codes).toEqual([
      "not-https",
      "not-https",
      "not-https",
      "not-https",
      "userinfo",
      "userinfo",
      "port-zero",
      "not-a-url",
      "not-a-url",
    ]);
    expect(network.lookup).not.toHaveBeenCalled();
  });

  it("is what the default report says", async () => {
    for (const url of ["https://127.0.0.1/x.json", "https://localhost/x.json"]) {
      const report = await validateHosted(url);
      expect(report.ok).toBe(false);
      expect(report.steps.find(({ id }) => id === "addresses")).toMatchObject({
        state: "failed",
        fix: expect.stringMatching(/^Deploy the document to a public https URL\. /),
      });
      expect(report.steps.find(({ id }) => id === "connection")?.state).toBe("skipped");
    }
  });
});

describe("the connection", () => {
  it("goes to the address that was checked, whatever the DNS says later", async () => {
    let url = "";
    await using server = await TestServer.tls((socket) => socket.end(answer({ body: goodDocument(url) })));
    url = server.url();
    const answers = [["93.184.215.14"], ["127.0.0.1"], ["10.0.0.1"]];
    const lookup = vi.fn(async () => answers.shift() ?? []);
    const dial = vi.fn((_address: string, port: number) => connect({ host: "127.0.0.1", port }));
    const report = await validateHosted(url, {
      fetcher: loopbackFetcher({ network: { lookup, dial } }),
      servers: "none",
    });
    expect(report.ok).toBe(true);
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(dial.mock.calls).toEqual([["93.184.215.14", server.port]]);
  });

  it("tries the next address when one does not answer", async () => {
    await using server = await TestServer.tls((socket) => socket.end(answer({ body: "{}" })));
    const dial = (address: string, port: number) =>
      connect({ host: "127.0.0.1", port: address === "2.2.2.2" ? port : 1 });
    const fetcher = loopbackFetcher({ network: { lookup: async () => ["1.1.1.1", "2.2.2.2"], dial } });
    const trail = await fetcher({ url: server.url(), accept: "application/json", limits: limitsFor(5) });
    expect(trail.fault).toBeUndefined();
    expect(trail.connectedTo).toBe("2.2.2.2");
  });

  it("is made once, and no redirect is followed", async () => {
    await using server = await TestServer.tls((socket) =>
      socket.end(answer({ status: "302 Found", headers: { Location: "/again" } })),
    );
    await validateHosted(server.url(), { fetcher: loopbackFetcher(), servers: "none" });
    expect(server.connections).toBe(1);
  });

  it("carries one GET without cookies and credentials", async () => {
    let request = "";
    await using server = await TestServer.plain((socket) => {
      socket.on("data", (chunk) => {
        request += chunk.toString();
        socket.end(answer({ body: "{}" }));
      });
    });
    await get(`http://127.0.0.1:${server.port}/client.json?v=1#part`, {}, { typedLoopback: true });
    expect(request.replace(/cimd\/[\d.]+/, "cimd/VERSION").replace(String(server.port), "PORT")).toBe(
      [
        "GET /client.json?v=1 HTTP/1.1",
        "host: 127.0.0.1:PORT",
        "connection: keep-alive",
        "accept: application/json",
        "accept-encoding: gzip, deflate, br",
        "user-agent: cimd/VERSION",
        "",
        "",
      ].join("\r\n"),
    );
  });

  it("verifies the certificate whatever the environment says", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    await using server = await TestServer.tls(
      (socket) => socket.end(answer({})),
      {},
      selfSigned({ commonName: HOST, names: [HOST] }),
    );
    for (const allowPrivateNetwork of [false, true]) {
      const trail = await loopbackFetcher({ allowPrivateNetwork })({
        url: server.url(),
        accept: "*/*",
        limits: limitsFor(5),
      });
      expect(trail.fault?.code).toBe("certificate-self-signed");
    }
  });

  it("does not trust an authority nobody named", async () => {
    await using server = await TestServer.tls((socket) => socket.end(answer({})));
    const trail = await loopbackFetcher({ authorities: [] })({
      url: server.url(),
      accept: "*/*",
      limits: limitsFor(5),
    });
    expect(trail.fault?.code).toBe("certificate-chain-incomplete");
  });
});

describe("allowPrivateNetwork", () => {
  it("lets private addresses through, and the report says so", async () => {
    let url = "";
    await using server = await TestServer.tls((socket) => socket.end(answer({ body: goodDocument(url) })));
    url = `https://127.0.0.1:${server.port}/client.json`;
    const fetcher = createNodeFetcher({ allowPrivateNetwork: true, authorities: [ROOT.identity.cert] });
    const report = await validateHosted(url, { fetcher, servers: "none" });
    expect(report.steps.find(({ id }) => id === "addresses")).toMatchObject({
      state: "warning",
      sentence:
        "127.0.0.1 is a loopback address: fetched only because private networks are allowed here; authorization servers must not fetch from it.",
    });
    expect(report.steps.filter(({ state }) => state === "failed")).toEqual([]);
  });

  it("does not let plain http through", async () => {
    const { fault } = await get("http://127.0.0.1/x.json", {
      allowPrivateNetwork: true,
      network: closedNetwork(),
    });
    expect(fault?.code).toBe("not-https");
  });
});

describe("a loopback origin that a person typed", () => {
  it("may be plain http", async () => {
    await using server = await TestServer.plain((socket) => {
      socket.once("data", () => socket.end(answer({ body: "{}" })));
    });
    for (const host of ["127.0.0.1", "localhost"]) {
      const network = { lookup: async () => ["127.0.0.1"] };
      const trail = await get(`http://${host}:${server.port}/mcp`, { network }, { typedLoopback: true });
      expect(trail.fault).toBeUndefined();
      expect(trail.response?.status).toBe(200);
    }
  });

  it("must be loopback by its text, whatever a name resolves to", async () => {
    for (const address of ["10.0.0.1", "93.184.215.14", "127.0.0.1"]) {
      const network = closedNetwork([address]);
      const typed = { typedLoopback: true };
      expect((await get("http://app.acme.dev/mcp", { network }, typed)).fault?.code).toBe("not-https");
      if (address === "93.184.215.14") continue;
      const { fault } = await get("https://app.acme.dev/mcp", { network }, typed);
      expect(fault?.code).toBe("special-use-address");
      expect(network.dial).not.toHaveBeenCalled();
    }
    const network = closedNetwork(["10.0.0.1"]);
    for (const url of ["https://10.0.0.1/mcp", "http://localhost/mcp"])
      expect((await get(url, { network }, { typedLoopback: true })).fault?.code).toBe("special-use-address");
  });
});
