import { deepStrictEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  EXTENSION_ID,
  eventually,
  languageServerProcesses,
  noProblem,
  openFile,
  problem,
  replace,
} from "./support.js";

const RULE = "client-id/https";

/** More often than the client starts a crashed server again on its own. */
const CRASHES = 8;

describe("The extension", () => {
  afterEach(closeAllEditors);

  it("registers every command of its manifest", async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    ok(extension, `${EXTENSION_ID} is installed`);
    await extension.activate();
    const contributed: string[] = extension.packageJSON.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    for (const command of [
      "cimd.createDocument",
      "cimd.validateHosted",
      "cimd.previewConsent",
      "cimd.previewConsentToSide",
      "cimd.restartLanguageServer",
      "cimd.showOutput",
    ]) {
      ok(contributed.includes(command), `${command} is contributed`);
    }
    const registered = new Set(await vscode.commands.getCommands(true));
    deepStrictEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });

  it("starts its language server again after a crash, without being told", async () => {
    const document = await openFile("crash.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);

    const crashed = killLanguageServers();
    await eventually("a new language server", () =>
      languageServerProcesses().some((pid) => !crashed.includes(pid)),
    );

    await changesAreSeen(document);
  });

  it("recovers with CIMD: Restart Language Server after its server crashed again and again", async () => {
    const document = await openFile("crashes.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);

    for (let crash = 0; crash < CRASHES; crash += 1) {
      const killed = killLanguageServers();
      if (killed.length === 0) break; // The client has given up, as it should.
      await eventually("the killed server is gone", () =>
        languageServerProcesses().every((pid) => !killed.includes(pid)),
      );
      // A server that is started again appears at once; none after a second means that the client has given up.
      await eventually("a new server", () => languageServerProcesses().length > 0, 1_000).catch(
        () => undefined,
      );
    }
    deepStrictEqual(languageServerProcesses(), [], "the client gives up at some point");

    await vscode.commands.executeCommand("cimd.restartLanguageServer");

    await eventually("one language server", () => languageServerProcesses().length === 1);
    await changesAreSeen(document);
  });

  it("restarts its language server while it runs, and leaves no second one behind", async () => {
    const document = await openFile("restart.cimd.json", DOCUMENT_WITH_HTTP_CLIENT_ID);
    await problem(document.uri, RULE);
    const before = languageServerProcesses();

    await vscode.commands.executeCommand("cimd.restartLanguageServer");

    await eventually("one other language server", () => {
      const after = languageServerProcesses();
      return after.length === 1 && after.every((pid) => !before.includes(pid));
    });
    await changesAreSeen(document);
  });
});

/** A living language server takes back the problem of a scheme that was corrected, and reports it again. */
async function changesAreSeen(document: vscode.TextDocument): Promise<void> {
  await replace(document, '"http://', '"https://');
  await noProblem(document.uri, RULE);
  await replace(document, '"https://', '"http://');
  await problem(document.uri, RULE);
}

/** Ends the language servers of this extension host as a crash does. @returns their process ids */
function killLanguageServers(): number[] {
  const pids = languageServerProcesses();
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids;
}
