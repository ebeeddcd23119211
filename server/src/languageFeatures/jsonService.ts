// What is JSON and not CIMD comes from VS Code's JSON language service.
import {
  type CompletionItem,
  CompletionItemKind,
  type FoldingRange,
  getLanguageService,
  type JSONDocument,
  type LanguageService,
  type Position,
  type SelectionRange,
  TextDocument,
} from "vscode-json-languageservice";
import { isNestedTooDeeply } from "../document/nesting.js";
import { clientMetadataJsonSchema } from "../metadata/jsonSchema.js";

const SCHEMA_URI = "cimd://schema/client-metadata";

let shared: LanguageService | undefined;

function service(): LanguageService {
  if (!shared) {
    shared = getLanguageService({
      // The schema is handed over; a `$schema` in a document never causes a request.
      schemaRequestService: (uri) => Promise.reject(new Error(`${uri} is not fetched.`)),
      clientCapabilities: {
        textDocument: {
          completion: {
            completionItem: {
              documentationFormat: ["markdown", "plaintext"],
              commitCharactersSupport: true,
              labelDetailsSupport: true,
            },
          },
        },
      },
    });
    shared.configure({
      validate: false,
      schemas: [{ uri: SCHEMA_URI, fileMatch: ["*"], schema: clientMetadataJsonSchema() }],
    });
  }
  return shared;
}

/** What the service reads of an open document. */
export interface JsonText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

function textDocument({ uri, version, text }: JsonText): TextDocument {
  return TextDocument.create(uri, "json", version, text);
}

/** @returns undefined for a text that is too deep for the service's parser, which is recursive */
function parse(text: JsonText): { document: TextDocument; parsed: JSONDocument } | undefined {
  if (isNestedTooDeeply(text.text)) return undefined;
  const document = textDocument(text);
  return { document, parsed: service().parseJSONDocument(document) };
}

/** The position, or the nearest one that the text has: an editor may ask about a text that it has since shortened. */
function inside(document: TextDocument, position: Position): Position {
  return document.positionAt(document.offsetAt(position));
}

/** Members that the schema knows and the object does not have yet, with commas and quotes as the text around needs them. */
export async function membersOfJson(text: JsonText, position: Position): Promise<CompletionItem[]> {
  const read = parse(text);
  const list =
    read && (await service().doComplete(read.document, inside(read.document, position), read.parsed));
  return list?.items.filter(({ kind }) => kind === CompletionItemKind.Property) ?? [];
}

export function foldingRangesOfJson(text: JsonText): FoldingRange[] {
  return service().getFoldingRanges(textDocument(text), { rangeLimit: 5000 });
}

export function selectionRangesOfJson(text: JsonText, positions: Position[]): SelectionRange[] {
  const read = parse(text);
  if (!read) return [];
  const all = positions.map((position) => inside(read.document, position));
  return service().getSelectionRanges(read.document, all, read.parsed);
}
