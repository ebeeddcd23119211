import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVERS } from "../../server/src/servers/servers.js";
import { CompatibilityView } from "../../server/src/views/compatibility/compatibilityView.js";
import { viewOf } from "../views/compatibility/view.js";
import { TestClient } from "./testClient.js";

const URI = "file:///work/app/public/oauth/client.cimd.json";
const DOCUMENT = `{
  "client_name": "Acme",
  "client_id": "https://app.acme.dev/oauth/client",
  "redirect_uris": ["http://localhost:*/callback"],
  "token_endpoint_auth_method": "none"
}
`;

describe.each(["in-band", "spawn"] as const)("cimd/compatibility, %s", (mode) => {
  let client: TestClient;

  beforeAll(async () => {
    client = await TestClient.start({ mode });
  });
  afterAll(() => client.stop());

  async function ask(text: string): Promise<CompatibilityView> {
    return CompatibilityView.parse(
      await client.connection.sendRequest("cimd/compatibility", { uri: URI, text }),
    );
  }

  it("answers for every known server, with its evidence", async () => {
    const view = await ask(DOCUMENT);
    expect(view).toEqual(viewOf(DOCUMENT));
    for (const { evidence } of view.rows) expect(evidence[0]?.url).toMatch(/^https:\/\//);
  });

  it("marks the targets, and sums up those", async () => {
    client.settings = { servers: ["fastmcp", "no-such-server"] };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    const view = await ask(DOCUMENT);
    client.settings = {};
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(view.rows).toHaveLength(SERVERS.length);
    expect(view.rows.filter(({ target }) => target)).toHaveLength(1);
    expect(view.summary).toBe("1 of 1 works");
  });

  it("says of the consent preview as well where its screen was read", async () => {
    const { screen } = await client.connection.sendRequest<{ screen: { evidence: { url: string }[] } }>(
      "cimd/consentView",
      { uri: URI, text: DOCUMENT, choices: { server: "fastmcp" } },
    );
    expect(screen.evidence[0]?.url).toMatch(/^https:\/\//);
  });

  it("answers for a text that is no document", async () => {
    expect((await ask("{")).broken?.message).toMatch(/\w/);
  });

  it.each([{}, { uri: URI }, { uri: URI, text: 7 }])(
    "answers %j with an error, and goes on",
    async (params) => {
      await expect(client.connection.sendRequest("cimd/compatibility", params)).rejects.toThrow(
        "Building the compatibility view failed",
      );
      expect((await ask(DOCUMENT)).rows).toHaveLength(SERVERS.length);
    },
  );
});

describe("the lens above client_id", () => {
  it("is there for an editor that has the view", async () => {
    const client = await TestClient.start({
      mode: "in-band",
      initializationOptions: { clientCommands: ["cimd.showCompatibility"] },
    });
    await client.open(URI, DOCUMENT);
    const lenses = await client.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri: URI },
    });
    await client.stop();
    expect(lenses).toMatchObject([
      {
        command: {
          command: "cimd.showCompatibility",
          title: viewOf(DOCUMENT).summary,
          arguments: [URI],
        },
      },
    ]);
  });

  it("follows the settings at once", async () => {
    const client = await TestClient.start({
      mode: "in-band",
      initializationOptions: { clientCommands: ["cimd.showCompatibility"] },
    });
    await client.open(URI, DOCUMENT);
    const lenses = (): Promise<{ command: { title: string } }[]> =>
      client.connection.sendRequest("textDocument/codeLens", { textDocument: { uri: URI } });
    const set = async (settings: unknown): Promise<void> => {
      const { lensRefreshes } = client;
      client.settings = settings;
      await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      await expect.poll(() => client.lensRefreshes).toBeGreaterThan(lensRefreshes);
    };
    await lenses();
    await set({ servers: ["fastmcp"] });
    expect((await lenses())[0]?.command.title).toBe("1 of 1 works");
    await set({ codeLens: { enabled: false } });
    expect(await lenses()).toEqual([]);
    await client.stop();
  });
});
