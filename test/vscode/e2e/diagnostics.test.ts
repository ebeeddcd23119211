import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { Workbench } from "./workbench.js";

const FILE = "notes.cimd.json";

const TEXT = `{
  "client_id": "https://notes.example.com/oauth/client.json",
  "client_name": "Notes",
  "redirect_uris": ["https://notes.example.com/oauth/callback"],
  "token_endpoint_auth_method": "none"
}
`;

/** Right behind the `https` of the client identifier URL, one-based. */
const BEHIND_SCHEME = { line: 2, column: 22 };

/** How many edits are timed. */
const EDITS = 20;

describe.each([
  { window: "trusted window", trusted: true },
  { window: "window in Restricted Mode", trusted: false },
])("Typing in a $window", ({ trusted }) => {
  let vscode: Workbench;
  const prefix = trusted ? "" : "restricted-";

  beforeAll(async () => {
    vscode = await Workbench.open({ trusted, files: { [FILE]: TEXT } });
    const restricted = vscode.page.locator(".statusbar", { hasText: "Restricted Mode" });
    await restricted.waitFor({ state: trusted ? "detached" : "visible" });
  });
  afterAll(() => vscode?.close());

  it("underlines a wrong scheme, lists it under Problems, and takes both back when it is corrected", async () => {
    onTestFailed(() => vscode.screenshot(`${prefix}typing-failed`));
    await vscode.openFile(FILE);
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column);

    await vscode.page.keyboard.press("Backspace"); // http://
    await vscode.squiggles("error").first().waitFor();
    await vscode.showProblems();
    const problem = vscode.problems.filter({ hasText: "client-id/https" });
    await problem.waitFor();
    expect(await problem.textContent()).toMatch(/https/);
    await vscode.screenshot(`${prefix}wrong-scheme`);

    await vscode.editor.locator(".view-line").first().click();
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column - 1);
    await vscode.page.keyboard.type("s");
    await vscode.squiggles("error").first().waitFor({ state: "detached" });
    await problem.waitFor({ state: "detached" });
    await vscode.screenshot(`${prefix}corrected-scheme`);
  });

  it("shows the problem on hover, with its rule", async () => {
    onTestFailed(() => vscode.screenshot(`${prefix}hover-failed`));
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column);
    await vscode.page.keyboard.press("Backspace");
    await vscode.squiggles("error").first().waitFor();
    await vscode.hoverError("client-id/https");
    await vscode.screenshot(`${prefix}hover`);
    await vscode.page.keyboard.press("Escape");
    await vscode.page.keyboard.type("s");
    await vscode.squiggles("error").first().waitFor({ state: "detached" });
  });

  it("answers an edit at once (measured, not judged)", async () => {
    onTestFailed(() => vscode.screenshot(`${prefix}latency-failed`));
    await vscode.goTo(BEHIND_SCHEME.line, BEHIND_SCHEME.column);
    const times: number[] = [];
    for (let edit = 0; edit < EDITS; edit += 1) {
      const breaks = edit % 2 === 0;
      times.push(await vscode.timeUntilSquiggle(breaks ? "Backspace" : "s", breaks));
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(0);
    console.log(
      `Edit to squiggle in a ${trusted ? "trusted" : "restricted"} window: median ${at(0.5)} ms, slowest ${at(1)} ms`,
    );
    expect(times).toHaveLength(EDITS);
  });
});
