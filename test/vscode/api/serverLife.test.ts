import { deepStrictEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAllEditors,
  DOCUMENT_WITH_HTTP_CLIENT_ID,
  eventually,
  languageServerProcesses,
  openFile,
  problem,
  replace,
  ruleOf,
} from "./support.js";

const RULE = "client-id/https";

/** Kills in a row that the client answers by itself; the count starts anew with a restart by hand. */
const KILLS = 4;

/** Moments after an edit, in ms: while it is sent, while it is checked, while nothing happens. */
const MOMENTS = [0, 1, 3, 8, 20, 60, 150, 400];

/** What is said of a document, in a form that can be compared. */
function saidOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .map(
      (found) => `${ruleOf(found)} ${found.range.start.line}:${found.range.start.character} ${found.message}`,
    )
    .sort();
}

function kill(signal: NodeJS.Signals, pids = languageServerProcesses()): number[] {
  for (const pid of pids) process.kill(pid, signal);
  return pids;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** One language server runs, and it is none of those. */
async function oneOther(than: readonly number[]): Promise<void> {
  await eventually("one other language server", () => {
    const running = languageServerProcesses();
    return running.length === 1 && running.every((pid) => !than.includes(pid));
  });
}

/** The language server is alive and says of a document what it said before. */
async function saysTheSame(document: vscode.TextDocument, before: readonly string[]): Promise<void> {
  await eventually("the same problems", () => {
    const now = saidOf(document.uri);
    return now.length === before.length && now.every((said, index) => said === before[index]);
  });
  await replace(document, '"http://', '"https://');
  await eventually("the corrected problem is gone", () =>
    saidOf(document.uri).every((said) => !said.startsWith(RULE)),
  );
  await replace(document, '"https://', '"http://');
  await eventually("the same problems again", () => saidOf(document.uri).join() === before.join());
}

async function openWithProblems(name: string): Promise<{ document: vscode.TextDocument; before: string[] }> {
  await vscode.commands.executeCommand("cimd.restartLanguageServer");
  const document = await openFile(name, DOCUMENT_WITH_HTTP_CLIENT_ID);
  await problem(document.uri, RULE);
  return { document, before: saidOf(document.uri) };
}

describe("The language server's life", () => {
  afterEach(closeAllEditors);

  it("goes on after a kill at any moment between edits and answers", async () => {
    const { document, before } = await openWithProblems("killed.cimd.json");
    for (const [index, moment] of MOMENTS.entries()) {
      if (index % KILLS === 0) await vscode.commands.executeCommand("cimd.restartLanguageServer");
      await eventually("a language server", () => languageServerProcesses().length === 1);
      await replace(document, "Notes", `Notes ${index}`);
      await wait(moment);
      const killed = kill("SIGKILL");
      await replace(document, `Notes ${index}`, "Notes");
      await oneOther(killed);
    }
    await saysTheSame(document, before);
  });

  it("goes on after a kill while it starts, and leaves no second one behind", async () => {
    const { document, before } = await openWithProblems("starting.cimd.json");
    for (const moment of [0, 20, 60]) {
      const old = languageServerProcesses();
      const restarted = vscode.commands.executeCommand("cimd.restartLanguageServer");
      const starting = await eventually("a process that starts", () => {
        const found = languageServerProcesses().filter((pid) => !old.includes(pid));
        return found.length > 0 && found;
      });
      await wait(moment);
      // It may have ended by itself in the meantime only if something else is wrong, which the next line shows.
      kill("SIGKILL", starting);
      await restarted;
      await oneOther([...old, ...starting]);
    }
    await saysTheSame(document, before);
  });

  it("is restarted by the command when it hangs, and the hanging process is ended", async () => {
    const { document, before } = await openWithProblems("hanging.cimd.json");
    const hanging = kill("SIGSTOP");
    deepStrictEqual(hanging.length, 1);
    await replace(document, "Notes", "Notes to self");
    await vscode.commands.executeCommand("cimd.restartLanguageServer");
    await oneOther(hanging);
    await replace(document, "Notes to self", "Notes");
    await saysTheSame(document, before);
  });

  it("is restarted by the command when it hangs while it starts", async () => {
    const { document, before } = await openWithProblems("hangingStart.cimd.json");
    const old = languageServerProcesses();
    const first = vscode.commands.executeCommand("cimd.restartLanguageServer").then(
      () => undefined,
      (error: unknown) => error,
    );
    const hanging = await eventually("a process that starts", () => {
      const found = languageServerProcesses().filter((pid) => !old.includes(pid));
      return found.length > 0 && found;
    });
    kill("SIGSTOP", hanging);
    await vscode.commands.executeCommand("cimd.restartLanguageServer");
    await oneOther([...old, ...hanging]);
    // Whoever waited for the one that hung was told, or has the new one.
    ok((await first) === undefined || (await first) instanceof Error);
    await saysTheSame(document, before);
  });
});
