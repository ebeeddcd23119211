import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../server/src/lsp/connection.js";
import { answerKeyRequests } from "../../server/src/lsp/keyRequests.js";
import { writePrivateKey } from "../../server/src/lsp/privateKeyFile.js";
import type { AddSigningKeyParams, AddSigningKeyResult } from "../../server/src/lsp/protocol.js";
import type { Session } from "../../server/src/lsp/session.js";

const DOCUMENT = '{ "client_id": "https://app.acme.dev/client.json" }';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cimd-key-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Asks the handler as the connection would. */
function addKey(params: Partial<AddSigningKeyParams>): Promise<AddSigningKeyResult> {
  let handler: ((params: unknown, token: unknown) => Promise<AddSigningKeyResult>) | undefined;
  const connection = {
    onRequest(_method: string, given: typeof handler) {
      handler = given;
    },
  } as unknown as Connection;
  const session = { guard: (_what: string, _token: unknown, run: () => unknown) => run() };
  answerKeyRequests(connection, session as unknown as Session, writePrivateKey);
  if (!handler) throw new Error("no handler was registered");
  return handler(
    {
      text: DOCUMENT,
      algorithm: "ES256",
      place: "jwks_uri",
      keySet: "",
      privateKeyFile: path.join(folder, "key.json"),
      ...params,
    },
    undefined,
  );
}

describe("cimd/addSigningKey", () => {
  it("writes the private key for its owner only, and answers with nothing of it", async () => {
    const answer = await addKey({});
    const file = path.join(folder, "key.json");
    const privateKey: { d: string; kid: string } = JSON.parse(await readFile(file, "utf8"));
    expect(answer).toMatchObject({ state: "added", kid: privateKey.kid });
    expect(JSON.stringify(answer)).not.toContain(privateKey.d);
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("adds to the key set beside the document, and to nothing when the key is in the document", async () => {
    const inFile = await addKey({ keySet: '{ "keys": [{ "kid": "old" }] }' });
    expect(inFile).toMatchObject({ state: "added", keySet: expect.stringContaining('"old"') });
    const inDocument = await addKey({ place: "jwks", privateKeyFile: path.join(folder, "second.json") });
    expect(inDocument).not.toHaveProperty("keySet");
  });

  it("keeps a file that exists", async () => {
    const file = path.join(folder, "key.json");
    await writeFile(file, "mine");
    expect(await addKey({})).toMatchObject({
      state: "refused",
      reason: expect.stringMatching(/exists already/),
    });
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  it.each<[string, Partial<AddSigningKeyParams>]>([
    ["a broken document", { text: "{" }],
    ["a document too deep to parse", { text: `{"a":${"[".repeat(9000)}${"]".repeat(9000)}}` }],
    ["a document without client_id", { text: "{}" }],
    ["a key set that is none", { keySet: "[]" }],
  ])("writes nothing for %s", async (_, params) => {
    expect(await addKey(params)).toMatchObject({ state: "refused" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says why it cannot write", async () => {
    const answer = await addKey({ privateKeyFile: path.join(folder, "none", "key.json") });
    expect(answer).toMatchObject({
      state: "refused",
      reason: expect.stringMatching(/could not be written: ENOENT/),
    });
  });
});
