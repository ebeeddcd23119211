import { deepStrictEqual, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { DOCUMENT_WITH_HTTP_CLIENT_ID, EXTENSION_ID, eventually, openFile, SCRATCH } from "./support.js";

/** The tools that agents get, by the names they have in the MCP server. */
const TOOLS = [
  "check_document",
  "create_document",
  "explain_rule",
  "list_servers",
  "match_redirect_uri",
  "validate_hosted_document",
];

/** The problem of the document, as VS Code shows it to a model: the data, and not the text. */
const PROBLEM = /"rule":"client-id\/https","severity":"error"/;

describe("The MCP server for agents", () => {
  before(async () => {
    await vscode.extensions.getExtension(EXTENSION_ID)?.activate();
    await eventually("the tools", async () => {
      // As a click on Start in the list of MCP servers, once it is in there; agents start it on their own.
      await vscode.commands.executeCommand("workbench.mcp.startServer", "*", { autoTrustChanges: true });
      return tool("check_document");
    });
  });

  it("is offered by the extension, with all its tools", () => {
    deepStrictEqual(
      TOOLS.filter((name) => !tool(name)),
      [],
    );
  });

  it("checks a text, and a file of the workspace by its path", async () => {
    match(await call("check_document", { text: DOCUMENT_WITH_HTTP_CLIENT_ID }), PROBLEM);
    await openFile("agent.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    match(await call("check_document", { path: `${SCRATCH}/agent.cimd.json` }), PROBLEM);
  });

  it("reads no file outside the workspace", async () => {
    match(
      await call("check_document", { path: __filename }),
      /is not below a folder that this client shares/,
    );
  });
});

function tool(name: string): vscode.LanguageModelToolInformation | undefined {
  return vscode.lm.tools.find((one) => one.tags.includes("mcp") && one.name.endsWith(name));
}

/** Calls a tool as an agent in an extension does. @returns the text of the answer */
async function call(name: string, input: object): Promise<string> {
  const found = tool(name);
  ok(found, `${name} is offered`);
  const { content } = await vscode.lm.invokeTool(found.name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("\n");
}
