import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeAction, Diagnostic, Hover } from "vscode-languageserver-protocol";
import { setMessages } from "../../server/src/localisation/messages.js";
import { CHANGE_SETTING } from "../../server/src/lsp/protocol.js";
import { PULLING, TestClient } from "../protocol/testClient.js";
import { ROOT } from "./collectTexts.js";

const messages: unknown = JSON.parse(
  readFileSync(path.join(ROOT, "client/l10n/bundle.l10n.de.json"), "utf8"),
);
const TEXT = '{ "client_id": "https://app.acme.dev/oauth/client.json#v1", "client_name": "Acme" }';
const URI = "file:///acme/client.cimd.json";

// The language server in this process shares its texts with the tests.
afterEach(() => setMessages(undefined));

describe.each(["in-band", "spawn"] as const)("the language server, %s, with German texts", (mode) => {
  async function start(initializationOptions: object): Promise<TestClient> {
    const client = await TestClient.start({ mode, capabilities: PULLING, initializationOptions });
    await client.open(URI, TEXT);
    return client;
  }

  it("says problems, fixes and hovers in German", async () => {
    const client = await start({ messages, clientCommands: [CHANGE_SETTING] });
    try {
      const problems: Diagnostic[] = await client.pull(URI);
      const fragment = problems.find(({ code }) => code === "client-id/fragment");
      expect(fragment?.message).toContain("`client_id` darf kein Fragment haben");
      const { range } = fragment as Diagnostic;
      const actions: CodeAction[] = await client.codeActions(URI, range);
      expect(actions.map(({ title }) => title)).toEqual(
        expect.arrayContaining([
          expect.stringContaining("Das Fragment löschen"),
          "Regel client-id/fragment in den Benutzereinstellungen ausschalten",
        ]),
      );
      const hover: Hover | null = await client.connection.sendRequest("textDocument/hover", {
        textDocument: { uri: URI },
        position: range.start,
      });
      expect(JSON.stringify(hover?.contents)).toContain("Ein Fragment wird nie an den Host gesendet");
    } finally {
      await client.stop();
    }
  });

  it("says them in English to an editor that sends none", async () => {
    const client = await start({});
    try {
      const problems: Diagnostic[] = await client.pull(URI);
      expect(problems.map(({ message }) => message).join("\n")).toContain("must not have a fragment");
    } finally {
      await client.stop();
    }
  });
});
