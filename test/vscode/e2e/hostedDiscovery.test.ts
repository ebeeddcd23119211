import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

const FILE = "notes.cimd.json";
const TEXT = `{
  "client_id": "https://notes.example.com/oauth/client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "token_endpoint_auth_method": "none"
}
`;

/** An MCP server on this machine that is its own authorization server, as MCP of March 2025 had it. */
async function mcpServer(advertised: object): Promise<{ server: Server; origin: string }> {
  const answer: RequestListener = ({ url }, response) => {
    if (url === "/mcp") response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    else if (url === "/.well-known/oauth-authorization-server") {
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ issuer: origin, code_challenge_methods_supported: ["S256"], ...advertised }));
    } else response.writeHead(404).end();
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, origin };
}

describe("CIMD: Check an MCP Server for CIMD Support…", () => {
  let vscode: Workbench;
  let supporting: Awaited<ReturnType<typeof mcpServer>>;
  let silent: Awaited<ReturnType<typeof mcpServer>>;

  beforeAll(async () => {
    supporting = await mcpServer({
      client_id_metadata_document_supported: true,
      token_endpoint_auth_methods_supported: ["none"],
      grant_types_supported: ["authorization_code"],
    });
    silent = await mcpServer({});
    vscode = await Workbench.open({ trusted: true, files: { [FILE]: TEXT } });
  });
  afterAll(async () => {
    await vscode?.close();
    supporting?.server.close();
    silent?.server.close();
  });

  async function ask(url: string): Promise<void> {
    await vscode.run("CIMD: Check an MCP Server for CIMD Support");
    await vscode.quickInput.fill(url);
  }

  it("takes plain http for this machine only", async () => {
    onTestFailed(() => vscode.screenshot("discovery-http-failed"));
    await vscode.openFile(FILE);
    await ask("http://mcp.example.com/mcp");
    await vscode.quickInputWidget
      .filter({ hasText: "Plain http is for an MCP server on this machine only." })
      .waitFor();
    await vscode.page.keyboard.press("Enter");
    expect(await vscode.quickInput.count()).toBe(1);
    await vscode.screenshot("discovery-http");
    await vscode.dismiss();
  });

  it("shows each step, the advertised support, and whether the active document fits", async () => {
    onTestFailed(() => vscode.screenshot("discovery-failed"));
    await ask(`${supporting.origin}/mcp`);
    const host = new URL(supporting.origin).host;
    await vscode.quickInputWidget.filter({ hasText: `The request goes to ${host}` }).waitFor();
    await vscode.quickInputWidget
      .filter({ hasText: `${FILE} is compared with what they advertise` })
      .waitFor();
    await vscode.page.keyboard.press("Enter");

    const { webview } = vscode;
    await webview.getByRole("heading", { name: "MCP server", level: 1 }).waitFor();
    await webview.getByText(`${host} accepts client metadata documents`).first().waitFor();
    await webview.locator(".step-passed", { hasText: "client_id_metadata_document_supported" }).waitFor();
    await webview.locator(".step-warning", { hasText: "refresh_token" }).waitFor();
    await vscode.tab("MCP Server").waitFor();
    await vscode.screenshot("discovery-supported");
  });

  it("says where support is not advertised, and keeps both runs", async () => {
    onTestFailed(() => vscode.screenshot("discovery-unsupported-failed"));
    await vscode.focusFirstGroup();
    await ask(`${silent.origin}/mcp`);
    await vscode.page.keyboard.press("Enter");

    const { webview } = vscode;
    await webview.getByText("does not accept client metadata documents, as far as it says").first().waitFor();
    await webview
      .locator(".step-failed", { hasText: "does not advertise client_id_metadata_document_supported" })
      .waitFor();
    await vscode.screenshot("discovery-unsupported");
    const runs = webview.getByRole("combobox", { name: "Run" });
    await runs.selectOption({ index: 1 });
    await webview.getByText("accepts client metadata documents: ").first().waitFor();
  });
});
