import { beforeEach, expect, it, vi } from "vitest";
import type { TextDocument } from "vscode";

const shown: string[] = [];
let active: { document: TextDocument } | undefined;

vi.mock("vscode", () => ({
  l10n: { t: (text: string) => text },
  languages: {
    match: (_selector: unknown, { languageId }: TextDocument) => (languageId === "cimd" ? 10 : 0),
  },
  Uri: class {},
  window: {
    get activeTextEditor() {
      return active;
    },
    showInformationMessage: async (message: string) => void shown.push(message),
  },
}));

const { rehearseSignIn } = await import("../../../client/src/commands/rehearseSignIn.js");

const rehearsed: TextDocument[] = [];
const run = (canListen: boolean): Promise<void> =>
  rehearseSignIn(
    { canListen } as Parameters<typeof rehearseSignIn>[0],
    {
      rehearse: async (document: TextDocument) => void rehearsed.push(document),
    } as unknown as Parameters<typeof rehearseSignIn>[1],
    undefined,
  );

beforeEach(() => {
  shown.length = 0;
  rehearsed.length = 0;
  active = { document: { languageId: "cimd" } as TextDocument };
});

it("rehearses with the active document", async () => {
  await run(true);
  expect(rehearsed).toEqual([active?.document]);
  expect(shown).toEqual([]);
});

it("says in a browser that it needs a desktop, and what does the same", async () => {
  await run(false);
  expect(rehearsed).toEqual([]);
  expect(shown).toEqual([expect.stringMatching(/needs VS Code on a desktop.*`cimd rehearse`/)]);
});

it.each([undefined, { document: { languageId: "json" } as TextDocument }])(
  "asks for a document where none is in front",
  async (editor) => {
    active = editor;
    await run(true);
    expect(rehearsed).toEqual([]);
    expect(shown).toEqual([expect.stringContaining("Open a client metadata document")]);
  },
);
