import { describe, expect, it } from "vitest";
import { clientConfigurations } from "../../../client/src/rehearsal/configurations.js";

const ADDRESS = "http://127.0.0.1:49152/mcp";
const ID = "https://app.acme.dev/oauth/client.json";

const textFor = (client: string, clientId: string | undefined): string =>
  clientConfigurations(ADDRESS, clientId).find((one) => one.client === client)?.text ?? "";

describe("the configuration of a client", () => {
  it.each(["Claude Code", "VS Code", "Codex", "opencode", "MCP Inspector"])(
    "%s gets the address",
    (client) => {
      expect(textFor(client, undefined)).toContain(ADDRESS);
      expect(textFor(client, undefined)).not.toMatch(/client.?id|metadata/i);
      expect(textFor(client, ID)).toContain(ID);
    },
  );

  it("is in each client's own format", () => {
    expect(textFor("Claude Code", ID)).toBe(
      `claude mcp add --transport http --client-id ${ID} cimd-rehearsal ${ADDRESS}`,
    );
    expect(JSON.parse(textFor("VS Code", ID))).toEqual({
      servers: { "cimd-rehearsal": { type: "http", url: ADDRESS, oauth: { clientId: ID } } },
    });
    expect(textFor("Codex", ID)).toBe(
      `[mcp_servers.cimd-rehearsal]\nurl = "${ADDRESS}"\n\n[mcp_servers.cimd-rehearsal.oauth]\nclient_id = "${ID}"\n`,
    );
    expect(JSON.parse(textFor("opencode", ID))).toEqual({
      $schema: "https://opencode.ai/config.json",
      mcp: { servers: { "cimd-rehearsal": { type: "remote", url: ADDRESS, oauth: { client_id: ID } } } },
    });
    expect(textFor("MCP Inspector", ID)).toBe(
      `npx @modelcontextprotocol/inspector --cli ${ADDRESS} --transport http --method tools/call --tool-name whoami --client-metadata-url ${ID}`,
    );
  });

  it.each([
    "https://app.acme.dev/c; rm -rf ~",
    "https://app.acme.dev/$(id)",
    "https://app.acme.dev/`id`",
    "https://app.acme.dev/c&calc",
    'https://app.acme.dev/"\n[mcp_servers.evil]',
    "https://app.acme.dev/%PATH%",
    "http://app.acme.dev/c",
    "--header=x",
  ])("takes no client_id that a shell or a file could read as something else: %j", (clientId) => {
    expect(clientConfigurations(ADDRESS, clientId)).toEqual(clientConfigurations(ADDRESS, undefined));
  });
});
