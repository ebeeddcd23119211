import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { ROOT } from "./collectTexts.js";

/** Where texts were looked up. */
const lookUps = vi.hoisted((): string[] => []);

vi.mock("../../server/src/localisation/messages.js", () => ({
  currentMessages: () => void lookUps.push(new Error("looked up").stack ?? ""),
  setMessages: () => undefined,
}));

const SERVER = path.join(ROOT, "server/src");
const modules = readdirSync(SERVER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(path.sep).join("/"));

/** They run when they are loaded. */
const PROGRAMS = new Set(["cli/bin.ts", "lsp/main.node.ts", "lsp/main.browser.ts"]);

it("no module says anything while it is loaded, before the language is known", async () => {
  for (const name of modules) if (!PROGRAMS.has(name)) await import(path.join(SERVER, name));
  expect(lookUps).toEqual([]);
  const { say } = await import("../../server/src/localisation/say.js");
  expect(say`This one is noticed.`).toBe("This one is noticed.");
  expect(lookUps).toHaveLength(1);
});

it("only the language server sets a language: the command line and the npm API are English", () => {
  const setters = modules.filter((name) =>
    readFileSync(path.join(SERVER, name), "utf8").includes("setMessages("),
  );
  expect(setters.sort()).toEqual(["localisation/messages.ts", "lsp/languageServer.ts"]);
});
