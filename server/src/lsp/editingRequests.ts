import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../check/analyse.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { documentScopes } from "../document/requestMembers.js";
import { codeActions } from "../languageFeatures/codeActions.js";
import { codeLenses } from "../languageFeatures/codeLenses.js";
import { completions } from "../languageFeatures/completion.js";
import { documentLinks } from "../languageFeatures/documentLinks.js";
import { documentSymbols } from "../languageFeatures/documentSymbols.js";
import { formatJson } from "../languageFeatures/format.js";
import { hover } from "../languageFeatures/hover.js";
import { inlayHints } from "../languageFeatures/inlayHints.js";
import {
  foldingRangesOfJson,
  type JsonText,
  membersOfJson,
  selectionRangesOfJson,
} from "../languageFeatures/jsonService.js";
import { withCommaBefore } from "../languageFeatures/missingComma.js";
import { formatAfterTyping } from "../languageFeatures/onTypeFormatting.js";
import { completionsFor, hoverFor, symbolsFor } from "./clientSupport.js";
import type { Connection } from "./connection.js";
import { pauseUnlessCancelled } from "./pauses.js";
import type { Session } from "./session.js";

interface Subject {
  readonly document: TextDocument;
  readonly analysis: Analysis;
  readonly json: JsonText;
}

/**
 * Answers what an editor asks while a person types. In a file that is mapped to `json`, VS Code's own JSON support answers
 * most of it, so only lenses come from here.
 */
export function answerEditingRequests(connection: Connection, session: Session): void {
  const { client, documents, analysisOf, settingsFor, guard } = session;

  /** Runs a handler on an open document; texts too large for any server, or too deep for recursive code, are left alone. */
  function on<T>(
    what: string,
    uri: string,
    token: CancellationToken,
    nothing: T,
    run: (subject: Subject) => T | Promise<T>,
  ): Promise<T> {
    return guard(what, token, async () => {
      const document = documents.get(uri);
      if (document?.languageId !== "cimd") return nothing;
      const analysis = await analysisOf(document, token);
      const { faults, tooLarge } = analysis.document;
      if (tooLarge || faults.some(({ kind }) => kind === "too-deep")) return nothing;
      return run({ document, analysis, json: { uri, version: document.version, text: document.getText() } });
    });
  }

  /** What the other open documents ask for. */
  function scopesElsewhere(uri: string): string[] {
    const scopes = documents
      .all()
      .filter((document) => document.uri !== uri && document.languageId === "cimd")
      .flatMap((document) => documentScopes(new ClientMetadataDocument(document.getText())) ?? []);
    return [...new Set(scopes)];
  }

  connection.onRequest("textDocument/completion", ({ textDocument: { uri }, position, context }, token) =>
    on("Completion", uri, token, null, async ({ analysis, json }) => {
      const items = await completions(analysis, position, {
        uri,
        trigger: context?.triggerCharacter,
        members: await membersOfJson(json, position),
        scopesSeen: () => scopesElsewhere(uri),
        clientCommands: session.clientCommands(),
      });
      return completionsFor(client(), {
        isIncomplete: false,
        items: withCommaBefore(analysis.document, items),
      });
    }),
  );

  connection.onRequest("textDocument/hover", ({ textDocument: { uri }, position }, token) =>
    on("Hover", uri, token, null, async ({ analysis }) => {
      const found = await hover(analysis, position, session.clientCommands());
      return found === undefined ? null : hoverFor(client(), found);
    }),
  );

  connection.onRequest("textDocument/documentSymbol", ({ textDocument: { uri } }, token) =>
    on<ReturnType<typeof symbolsFor> | null>("The outline", uri, token, null, ({ analysis }) =>
      symbolsFor(client(), documentSymbols(analysis.document), uri),
    ),
  );

  connection.onRequest("textDocument/foldingRange", ({ textDocument: { uri } }, token) =>
    on("Folding", uri, token, null, ({ json }) => foldingRangesOfJson(json)),
  );

  connection.onRequest("textDocument/selectionRange", ({ textDocument: { uri }, positions }, token) =>
    on("Selection", uri, token, null, ({ json }) => selectionRangesOfJson(json, positions)),
  );

  connection.onRequest("textDocument/formatting", ({ textDocument: { uri }, options }, token) =>
    on("Formatting", uri, token, null, ({ analysis }) =>
      formatJson(analysis.document.shownText, undefined, options),
    ),
  );

  connection.onRequest("textDocument/rangeFormatting", ({ textDocument: { uri }, options, range }, token) =>
    on("Formatting", uri, token, null, ({ analysis }) =>
      formatJson(analysis.document.shownText, range, options),
    ),
  );

  connection.onRequest(
    "textDocument/onTypeFormatting",
    ({ textDocument: { uri }, position, ch, options }, token) =>
      on("Formatting", uri, token, null, ({ analysis }) =>
        formatAfterTyping(analysis.document, position, ch, options),
      ),
  );

  connection.onRequest("textDocument/documentLink", ({ textDocument: { uri } }, token) =>
    on("Document links", uri, token, null, ({ analysis }) => documentLinks(analysis.document)),
  );

  connection.onRequest("textDocument/inlayHint", ({ textDocument: { uri }, range }, token) =>
    on("Inlay hints", uri, token, null, async ({ analysis }) =>
      (await settingsFor(uri)).inlayHints ? inlayHints(analysis.document, range) : null,
    ),
  );

  connection.onRequest("textDocument/codeAction", (params, token) =>
    guard("Looking for fixes", token, async () => {
      const document = documents.get(params.textDocument.uri);
      if (!document || !client().codeActions) return [];
      return codeActions(await analysisOf(document, token), {
        uri: document.uri,
        range: params.range,
        only: params.context.only,
        clientCommands: session.clientCommands(),
        settingsIn: session.hasWorkspace() ? "workspace" : "user",
        pause: pauseUnlessCancelled(token),
      });
    }),
  );

  connection.onRequest("textDocument/codeLens", ({ textDocument: { uri } }, token) =>
    guard("Code lenses", token, async () => {
      const document = documents.get(uri);
      const settings = await settingsFor(uri);
      if (!document || !settings.codeLens) return [];
      return codeLenses(await analysisOf(document, token), uri, session.clientCommands());
    }),
  );
}
