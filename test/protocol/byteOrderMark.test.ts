import { afterEach, beforeEach, expect, it } from "vitest";
import type { CodeLens, Diagnostic } from "vscode-languageserver-types";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { TestClient } from "./testClient.js";

const URI = "file:///work/client.cimd.json";
const START = { line: 0, character: 0 };

/** In one line, so that a mark that was counted would move everything. */
const TEXT = JSON.stringify({
  client_id: "https://app.acme.dev/oauth/client",
  client_name: "Acme!!",
  redirect_uris: ["https://app.acme.dev/callback#x"],
  token_endpoint_auth_method: "none",
});

let client: TestClient;

beforeEach(async () => {
  const clientCommands = ["_cimd.saveWithoutByteOrderMark", "cimd.showCompatibility"];
  client = await TestClient.start({ mode: "in-band", initializationOptions: { clientCommands } });
});

afterEach(() => client.stop());

const tell = (present: boolean) =>
  client.connection.sendNotification("cimd/byteOrderMark", { uri: URI, present });
const rulesOf = (problems: readonly Diagnostic[]) => problems.map(({ code }) => code);
const lenses = async () => {
  const answer = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri: URI },
  });
  return answer.map(({ command }) => command?.title);
};

it("of a file is a problem of its document, as on the command line, though the text does not have it", async () => {
  await tell(true);
  await client.open(URI, TEXT);
  const problems = await client.pull(URI);
  expect(rulesOf(problems)).toEqual(
    checkDocument(`\ufeff${TEXT}`, { servers: [] }).problems.map(({ rule }) => rule),
  );
  expect(problems.find(({ code }) => code === "document/bom")?.range.start).toEqual(START);
  const fragment = problems.find(({ code }) => code === "redirect-uris/fragment");
  expect(TEXT.slice(fragment?.range.start.character, fragment?.range.end.character)).toContain("#x");
});

it("is told the same of a file that is not open", async () => {
  const problems = await client.connection.sendRequest<Diagnostic[]>("cimd/checkText", {
    uri: URI,
    text: `\ufeff${TEXT}`,
  });
  await tell(true);
  await client.open(URI, TEXT);
  const key = ({ code, range }: Diagnostic) => ({ code, range });
  expect(problems.map(key)).toEqual((await client.pull(URI)).map(key));
});

it("is followed: problems and lens change when the file is saved with or without it", async () => {
  await client.open(URI, TEXT);
  const without = { rules: rulesOf(await client.pull(URI)), lenses: await lenses() };
  expect(without.rules).not.toContain("document/bom");
  await tell(true);
  expect(rulesOf(await client.pull(URI))).toContain("document/bom");
  expect(await lenses()).not.toEqual(without.lenses);
  expect(client.refreshes).toBe(1);
  expect(client.lensRefreshes).toBe(1);
  await tell(false);
  expect({ rules: rulesOf(await client.pull(URI)), lenses: await lenses() }).toEqual(without);
});

it("is fixed by saving, because no edit of the text deletes it", async () => {
  await tell(true);
  await client.open(URI, TEXT);
  const actions = await client.codeActions(URI, { start: START, end: START });
  const [first] = actions.filter(({ diagnostics }) =>
    diagnostics?.some(({ code }) => code === "document/bom"),
  );
  expect(first?.command).toMatchObject({ command: "_cimd.saveWithoutByteOrderMark", arguments: [URI] });
  expect(first?.isPreferred).toBe(true);
  const edits = actions.flatMap(({ edit }) => edit?.changes?.[URI] ?? []);
  expect(edits.filter(({ newText, range }) => newText === "" && range.end.character === 0)).toEqual([]);
});

it("is told beside an editor's JSON support, too, which never sees it", async () => {
  await tell(true);
  await client.open(URI, TEXT, "json");
  expect(rulesOf(await client.pull(URI))).toContain("document/bom");
});

it("moves no edit of the formatter", async () => {
  await tell(true);
  await client.open(URI, '{ "client_name":"Acme" }');
  const [edit] = await client.connection.sendRequest<{ range: object; newText: string }[]>(
    "textDocument/formatting",
    { textDocument: { uri: URI }, options: { tabSize: 2, insertSpaces: true } },
  );
  expect(edit?.range).toEqual({ start: { line: 0, character: 1 }, end: { line: 0, character: 2 } });
});
