import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

/** A well-formed document for which every known server can be asked, and one mistake for the Problems panel. */
const DOCUMENT = {
  client_id: "https://notes.example.com/oauth/client.json#v1",
  client_name: "Notes",
  redirect_uris: ["http://127.0.0.1/callback"],
  application_type: "native",
  token_endpoint_auth_method: "none",
};

/** Waits as long as a person would on a busy machine. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 });

describe("In a VS Code that speaks German", () => {
  let vscode: Workbench;

  beforeAll(async () => {
    vscode = await Workbench.open({
      trusted: true,
      language: "de",
      files: { "german.cimd.json": JSON.stringify(DOCUMENT, undefined, 2) },
    });
  });
  afterAll(() => vscode?.close());

  /** The texts of all pages in the window: of every webview, and of the workbench itself. */
  const pages = () =>
    Promise.all(vscode.page.frames().map((frame) => frame.evaluate(() => document.body?.textContent ?? "")));

  it("the commands have German titles", async () => {
    onTestFailed(() => vscode.screenshot("german-commands-failed"));
    await vscode.openFile("german.cimd.json");
    const row = await vscode.searchCommand("CIMD:", "CIMD: Einwilligungsbildschirm ansehen");
    await vscode.screenshot("german-commands");
    expect(await row.textContent()).toContain("Einwilligungsbildschirm ansehen");
    await vscode.dismiss();
  });

  it("code lenses and problems are German", async () => {
    onTestFailed(() => vscode.screenshot("german-problems-failed"));
    await eventually(() => vscode.editor.locator(".codelens-decoration").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("Einwilligung ansehen")]),
    );
    await vscode.showProblems();
    await eventually(() => vscode.problems.allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("`client_id` darf kein Fragment haben")]),
    );
    await vscode.screenshot("german-problems");
  });

  it("messages are German", async () => {
    onTestFailed(() => vscode.screenshot("german-message-failed"));
    await vscode.run("CIMD: Arbeitsbereich prüfen");
    await eventually(async () => (await vscode.showNotifications()).allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("Geprüft. Client-Metadatendokumente:")]),
    );
    await vscode.screenshot("german-message");
  });

  it("the consent preview is German, around the screen that a server shows", async () => {
    onTestFailed(() => vscode.screenshot("german-preview-failed"));
    await vscode.focusFirstGroup();
    await vscode.run("CIMD: Einwilligungsbildschirm an der Seite ansehen");
    const page = vscode.webview.locator("html");
    await eventually(() => page.locator("body").textContent()).toContain("Was eine sorgfältige Person prüft");
    await vscode.screenshot("german-preview");
    expect(await page.getAttribute("lang")).toBe("de");
    expect(await page.locator("aside.facts").textContent()).not.toContain("What a careful person checks");
  });

  it("the compatibility view is German", async () => {
    onTestFailed(() => vscode.screenshot("german-compatibility-failed"));
    await vscode.focusFirstGroup();
    await vscode.run("CIMD: Kompatibilität mit Servern anzeigen");
    await eventually(pages).toEqual(
      expect.arrayContaining([expect.stringContaining("Kompatibilität von german.cimd.json mit Servern")]),
    );
    await vscode.screenshot("german-compatibility");
  });

  it("the walkthrough is German, with its pages", async () => {
    onTestFailed(() => vscode.screenshot("german-walkthrough-failed"));
    await vscode.focusFirstGroup();
    await vscode.run("Welcome: Open Walkthrough");
    await vscode.quickInput.fill("Erste Schritte mit Client-ID-Metadatendokumenten");
    await vscode.page.keyboard.press("Enter");
    const steps = vscode.page.locator(".getting-started-step");
    await eventually(() => steps.allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("Ein Dokument erstellen")]),
    );
    await eventually(pages).toEqual(
      expect.arrayContaining([expect.stringContaining("Eine Datei sagt, wer der Client ist")]),
    );
    await vscode.screenshot("german-walkthrough");
  });
});
