import type { HostingSuggestion } from "../../../server/src/create/hostingSuggestions.js";
import {
  CREATE_DOCUMENT,
  type CreateDocumentParams,
  CreateDocumentResult,
  type ListServersResult,
} from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../languageClient.js";
import type { Validate } from "./wizard.js";

/** What the wizard knows so far, and what it needs to ask. */
export interface Draft {
  answers: CreateDocumentParams;
  /** False until the person has chosen redirect URIs for this kind of client; those of `answers` are typed ones then. */
  choseRedirectUris: boolean;
  readonly languageServer: LanguageServer;
  readonly knownServers: ListServersResult;
  readonly hosting: readonly HostingSuggestion[];
}

export function startDraft(
  languageServer: LanguageServer,
  knownServers: ListServersResult,
  hosting: readonly HostingSuggestion[],
): Draft {
  return {
    answers: {
      kind: "native",
      name: "",
      clientId: "",
      redirectUris: [],
      refresh: true,
      scope: "",
      clientUri: "",
      logoUri: "",
      authentication: "none",
      servers: knownServers.filter(({ target }) => target).map(({ id }) => id),
    },
    choseRedirectUris: false,
    languageServer,
    knownServers,
    hosting,
  };
}

/** The document that the answers give, and what the rules and the targets say about it. */
export function build(
  draft: Draft,
  changed: Partial<CreateDocumentParams> = {},
): Promise<CreateDocumentResult> {
  return draft.languageServer.request(
    CREATE_DOCUMENT,
    { ...draft.answers, servers: targetsOf(draft), ...changed },
    CreateDocumentResult,
  );
}

/** The target servers that count: those of MCP clients say nothing about one of AT Protocol, which is not asked for them. */
export function targetsOf({ answers }: Draft): string[] {
  return answers.kind === "atproto" ? [] : (answers.servers ?? []);
}

/** What stands where nothing is answered yet, so that only the value at hand is judged. */
const NEUTRAL_URI = "http://127.0.0.1/callback";

/**
 * Judges one answer by what the language server says about a document that has it: errors block, warnings are shown.
 *
 * @param pointer the answer's place in that document
 * @param change the answers that the value changes
 */
export function judge(
  draft: Draft,
  pointer: string,
  change: (value: string) => Partial<CreateDocumentParams>,
): Validate {
  return async (value) => {
    const { redirectUris } = draft.answers;
    const { problems } = await build(draft, {
      redirectUris: redirectUris.length > 0 ? redirectUris : [NEUTRAL_URI],
      ...change(value),
    });
    const here = problems.filter((problem) => problem.pointer === pointer);
    const worst =
      here.find(({ severity }) => severity === "error") ??
      here.find(({ severity }) => severity === "warning");
    return worst && { message: worst.message, blocks: worst.severity === "error" };
  };
}

/** Judges an answer that may be left empty. */
export function judgeOptional(...args: Parameters<typeof judge>): Validate {
  const judged = judge(...args);
  return async (value) => (value.trim() === "" ? undefined : judged(value));
}
