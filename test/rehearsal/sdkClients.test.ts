import {
  Client as Client2,
  createPrivateKeyJwtAuth as proof2,
  StreamableHTTPClientTransport as Transport2,
} from "@modelcontextprotocol/client";
import { createPrivateKeyJwtAuth as proof1 } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Transport1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { exportJWK, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import { withKey } from "./support/plainClient.js";
import { CLIENT_ID, DOCUMENT, type Run, rehearse } from "./support/rehearse.js";
import { MemoryProvider } from "./support/sdkProvider.js";

const INFO = { name: "acme", version: "1.0.0" };

/** Signs in as an application does that uses the SDK: a first connection ends in the browser, a second one works. */
type Connect = (address: URL, provider: MemoryProvider) => Promise<unknown>;

const sdk1: Connect = async (address, provider) => {
  const first = new Transport1(address, { authProvider: provider });
  await expect(new Client1(INFO).connect(first)).rejects.toThrow("Unauthorized");
  await first.finishAuth(provider.returned.get("code") ?? "");
  const client = new Client1(INFO);
  await client.connect(new Transport1(address, { authProvider: provider }));
  const answer = await client.callTool({ name: "whoami" });
  await client.close();
  return answer.structuredContent;
};

const sdk2: Connect = async (address, provider) => {
  const first = new Transport2(address, { authProvider: provider });
  await expect(new Client2(INFO).connect(first)).rejects.toThrow("Unauthorized");
  await first.finishAuth(provider.returned);
  const client = new Client2(INFO);
  await client.connect(new Transport2(address, { authProvider: provider }));
  const answer = await client.callTool({ name: "whoami" });
  await client.close();
  return answer.structuredContent;
};

function expectFine(run: Run, answer: unknown): void {
  expect(answer).toEqual({
    client: CLIENT_ID,
    scopes: expect.arrayContaining(["read", "write"]),
    audience: [run.rehearsal.address],
  });
  const wrong = run.steps.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
  expect(wrong.map(({ sentence }) => sentence)).toEqual([]);
  expect(run.signIns()).toBe(1);
}

describe.each([
  ["@modelcontextprotocol/sdk 1.x", sdk1, proof1],
  ["@modelcontextprotocol/client 2.x", sdk2, proof2],
])("%s", (_name, connect, proof) => {
  it("signs in as a public client", async () => {
    const run = await rehearse();
    expectFine(run, await connect(new URL(run.rehearsal.address), new MemoryProvider()));
  });

  it("signs in with private_key_jwt", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    const authentication = proof({
      issuer: CLIENT_ID,
      subject: CLIENT_ID,
      privateKey: { ...(await exportJWK(privateKey)), kid: "one" },
      alg: "ES256",
    });
    expectFine(run, await connect(new URL(run.rehearsal.address), new MemoryProvider(authentication)));
  });
});
