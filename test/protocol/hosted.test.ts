import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import {
  DISCOVER,
  DiscoveryReportShape,
  HOSTED_STEP,
  HostedReportShape,
  HostedStepParams,
  VALIDATE_HOSTED,
} from "../../server/src/lsp/protocol.js";
import { TestClient } from "./testClient.js";

/** Requests that only the shipped bundle answers, because they need the network. */
describe("hosted requests", () => {
  let client: TestClient;
  const steps: HostedStepParams[] = [];
  /** Answers 404 to everything, and never to `/silent`. */
  const server = createServer(({ url }, response) => {
    if (url !== "/silent") response.writeHead(404).end();
  });
  let origin: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = await TestClient.start({ mode: "spawn" });
    client.connection.onNotification(HOSTED_STEP, (step: unknown) => {
      steps.push(HostedStepParams.parse(step));
    });
  });
  afterAll(async () => {
    await client?.stop();
    server.closeAllConnections();
    server.close();
  });

  it("report an address of this machine as refused, each step as it is known", async () => {
    const answer = await client.connection.sendRequest(VALIDATE_HOSTED, {
      url: "https://127.0.0.1/client.json",
      token: "one",
    });
    const report = HostedReportShape.parse(answer);
    expect(report.ok).toBe(false);
    expect(report.extras).toEqual([]);
    expect(report.markdown).toContain("127.0.0.1");
    const mine = steps.filter(({ token }) => token === "one").map(({ step }) => step);
    expect(mine.find(({ id }) => id === "addresses")).toMatchObject({ title: "Addresses", state: "failed" });
  });

  it("discover a typed server on this machine, and say what it does not publish", async () => {
    const answer = await client.connection.sendRequest(DISCOVER, { url: `${origin}/mcp`, token: "two" });
    const report = DiscoveryReportShape.parse(answer);
    expect(report.supported).toBe(false);
    expect(report.authorizationServers).toEqual([{ issuer: origin, supported: false, usable: false }]);
    expect(steps.filter(({ token }) => token === "two").map(({ step }) => step.id)).toEqual(
      report.steps.map(({ id }) => id),
    );
  });

  it("end when they are cancelled, and not with their time limit", async () => {
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest(DISCOVER, { url: `${origin}/silent` }, source.token);
    setTimeout(() => source.cancel(), 300);
    const report = DiscoveryReportShape.parse(await answer);
    expect(report.supported).toBe(false);
    expect(report.steps.map(({ sentence }) => sentence)).toContain("The check was cancelled.");
  });

  it("refuse what is not asked in their shape", async () => {
    await expect(client.connection.sendRequest(DISCOVER, { url: 1 })).rejects.toMatchObject({ code: -32602 });
    await expect(
      client.connection.sendRequest(VALIDATE_HOSTED, {
        url: "https://a.dev/c",
        extras: { ids: ["all"], hosts: [] },
      }),
    ).rejects.toMatchObject({ code: -32602 });
  });
});
