import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { codeActions } from "../../server/src/languageFeatures/codeActions.js";
import { TestClient } from "./testClient.js";

/** No answer for one document is as long as this, in bytes. */
const MAX_ANSWER = 4_000_000;
/** Documents with one long text are a little shorter than 1 MiB, above which nothing is looked at. */
const LENGTH = 1_000_000;
/** Those with many short ones reach what is listed of them with far less. */
const LIST_LENGTH = 150_000;

const MEMBERS = '"client_id": "https://app.acme.dev/c", "redirect_uris": ["https://app.acme.dev/cb"]';

/** A document that ends with a member whose value is made of copies of a piece. */
function filled(member: string, open: string, piece: (index: number) => string, close: string): string {
  const length = open.startsWith('"') ? LENGTH : LIST_LENGTH;
  let text = `{ ${MEMBERS}, "${member}": ${open}`;
  for (let index = 0; text.length < length; index++) text += piece(index);
  return `${text}${close} }`;
}

/** Each is long in another way. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "a name": filled("client_name", '"', () => "A", '"'),
  "a name of quotation marks": filled("client_name", '"', () => '\\"', '"'),
  "a name of characters that are made visible": filled("client_name", '"', () => "\\u202e", '"'),
  "a client_id": filled("client_id", '"https://app.acme.dev/', () => "a", '"'),
  "a client_id that is no URL": filled("client_id", '"', () => "*", '"'),
  "a scope": filled("scope", '"', (index) => `s${index} `, '"'),
  "a redirect": `{ ${MEMBERS}, "redirect_uris": ["http://localhost:*/${"a".repeat(LENGTH)}"] }`,
  redirects: filled(
    "redirect_uris",
    '["https://app.acme.dev/"',
    (index) => `,"http://localhost:*/${index}"`,
    "]",
  ),
  stars: filled("redirect_uris", '["*"', () => ',"*"', "]"),
  contacts: filled("contacts", "[1", () => ",1", "]"),
  keys: filled("jwks", '{"keys":[{}', (index) => `,{"kty":"oct","k":"${index}"}`, "]}"),
  "a long member name": `{ ${MEMBERS}, "${"n".repeat(LENGTH)}": null }`,
  members: filled("x", "0", (index) => `,"client_nam${index}":0`, ""),
  "nested lists": filled("x", "[".repeat(200), () => "1,", `1${"]".repeat(200)}`),
};

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };

describe.each(Object.entries(DOCUMENTS))("a long document: %s", (name, text) => {
  let client: TestClient;
  const uri = `file:///${name.replaceAll(" ", "-")}.cimd.json`;
  const textDocument = { uri };
  const position = { line: 0, character: text.length - 5 };

  beforeAll(async () => {
    client = await TestClient.start({
      mode: "in-band",
      settings: { inlayHints: { enabled: true } },
      initializationOptions: {
        clientCommands: ["cimd.explainRule", "_cimd.changeSetting", "cimd.showCompatibility"],
      },
    });
    await client.open(uri, text);
  });

  afterAll(() => client.stop());

  it.each<[string, object]>([
    ["textDocument/diagnostic", {}],
    ["textDocument/codeAction", { range: WHOLE, context: { diagnostics: [] } }],
    ["textDocument/codeAction", { range: WHOLE, context: { diagnostics: [], only: ["source.fixAll.cimd"] } }],
    ["textDocument/completion", { position }],
    ["textDocument/hover", { position }],
    ["textDocument/hover", { position: { line: 0, character: 4 } }],
    ["textDocument/documentSymbol", {}],
    ["textDocument/documentLink", {}],
    ["textDocument/inlayHint", { range: WHOLE }],
    ["textDocument/codeLens", {}],
    ["textDocument/foldingRange", {}],
    ["textDocument/selectionRange", { positions: [position] }],
    ["textDocument/formatting", { options: { tabSize: 8, insertSpaces: true } }],
    ["cimd/sortMembers", {}],
    ["cimd/checkText", {}],
    ["cimd/matchRedirectUri", { redirectUri: "https://app.acme.dev/cb", verdicts: "all" }],
    ["cimd/compatibility", { targets: [] }],
    ["cimd/consentView", { choices: { server: "fastmcp" } }],
  ])("gets an answer in proportion to %s", async (method, params) => {
    const answer: unknown = await client.connection.sendRequest(method, {
      textDocument,
      uri,
      text,
      ...params,
    });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MAX_ANSWER);
  });
});

describe("while the fixes of a long selection, or the compatibility view, are worked out", () => {
  const text = filled("contacts", '["a"', () => ',"a"', "]").replace(
    /^\{/,
    '{ "client_nam": 1, "clientName": 2,',
  );

  it.each<[string, object]>([
    ["textDocument/codeAction", { range: WHOLE, context: { diagnostics: [] } }],
    ["cimd/compatibility", { targets: [] }],
  ])("another request is answered: %s", async (method, params) => {
    const client = await TestClient.start({ mode: "in-band" });
    const [uri, other] = ["file:///long.cimd.json", "file:///short.cimd.json"];
    await client.open(uri, text);
    await client.open(other, "{}");
    await client.pull(uri);
    const order: string[] = [];
    const long = client.connection
      .sendRequest(method, { textDocument: { uri }, uri, text, ...params })
      .then(() => order.push("long"));
    const short = client.pull(other).then(() => order.push("short"));
    await Promise.all([long, short]);
    expect(order).toEqual(["short", "long"]);
    await client.stop();
  });
});

describe("the fixes of a document", () => {
  it("pause between two problems, and end when a pause does", async () => {
    const analysis = analyse(`{ ${MEMBERS}, "client_nam": 1, "clientName": 2 }`);
    let pauses = 0;
    const request = { uri: "file:///x", range: WHOLE };
    await codeActions(analysis, { ...request, pause: async () => void pauses++ });
    expect(pauses).toBeGreaterThan(1);
    const withdrawn = codeActions(analysis, {
      ...request,
      pause: () => Promise.reject(new Error("withdrawn")),
    });
    await expect(withdrawn).rejects.toThrow("withdrawn");
  });
});
