import { afterEach, describe, expect, it } from "vitest";
import { readSettings } from "../../server/src/lsp/settings.js";
import { TestClient } from "./testClient.js";

const URI = "file:///work/client.cimd.json";
const BAD = '{ "client_id": "http://app.acme.dev/oauth/client" }';

let client: TestClient | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

/** Whether a rule that the settings of these tests switch off reports. */
async function isReported(server: TestClient): Promise<boolean> {
  return (await server.pull(URI)).some(({ code }) => code === "client-id/https");
}

const OFF = { rules: { "client-id/https": "off" } };

describe("an editor that does not say its settings", () => {
  it.each([
    ["answers null", () => [null]],
    ["answers with nothing", () => []],
    ["answers with no list", () => null],
    [
      "answers with an error",
      () => {
        throw new Error("not now");
      },
    ],
  ])("gets what the defaults give, and is asked again: it %s", async (_, answer) => {
    client = await TestClient.start({ mode: "in-band" });
    let asked = 0;
    client.connection.onRequest("workspace/configuration", (): unknown => {
      asked++;
      return asked === 1 ? answer() : [OFF];
    });
    await client.open(URI, BAD);
    expect(await isReported(client)).toBe(true);
    expect(await isReported(client)).toBe(false);
    expect(await isReported(client)).toBe(false);
    expect(asked).toBe(2);
  });
});

describe("complaints about settings", () => {
  it("are a few sentences, however much cannot be used", () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `no-such-server-${index}`);
    const record = Object.fromEntries(names.map((name) => [name, "x".repeat(1_000)]));
    const { complaints, targets } = readSettings({ servers: names, rules: record, hosting: record });
    expect(targets).toEqual([]);
    expect(complaints).toHaveLength(4);
    for (const complaint of complaints) {
      expect(complaint.length).toBeLessThan(2_000);
      expect(complaint).toContain("and 19996 more");
    }
  });

  it("say once what cannot be used, in the log of the editor", async () => {
    const name = "x".repeat(1_000_000);
    client = await TestClient.start({ mode: "in-band", settings: { servers: [name] } });
    await client.open(URI, BAD);
    await client.pull(URI);
    await client.pull(URI);
    const lines = client.log.filter((line) => line.includes("xxx"));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(2_000);
  });
});
