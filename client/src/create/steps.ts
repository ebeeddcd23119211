import * as vscode from "vscode";
import { suggestRedirectUris } from "../../../server/src/create/redirectSuggestions.js";
import type { Authentication, ClientKind } from "../../../server/src/create/wizardAnswers.js";
import type { ListServersResult } from "../../../server/src/lsp/protocol.js";
import { askRedirectUris } from "./askRedirectUris.js";
import { type Draft, judge, judgeOptional } from "./draft.js";
import { type Answer, askMany, askPick, askText, type StepPlace } from "./wizard.js";

/** One question: asks it, and writes the answer into the draft. */
export interface Step {
  /** Where in the document its answer stands. */
  readonly pointer: string;
  /** Whether the question makes sense after the answers so far. */
  readonly applies?: (draft: Draft) => boolean;
  /** The question on whose answer `applies` depends; until it is answered, this one counts. */
  readonly after?: Step;
  readonly ask: (draft: Draft, place: StepPlace) => Promise<Answer<unknown>>;
}

/** Writes an answer down, also of somebody who goes back, and passes on how the step ended. */
function noted<T>(answer: Answer<T>, note: (value: T) => void): Answer<T> {
  if (typeof answer === "object") note(answer.value);
  return answer;
}

const KIND: Step = {
  pointer: "/application_type",
  async ask(draft, place) {
    const answer = await askPick<ClientKind>({
      ...place,
      placeholder: vscode.l10n.t("What kind of client is it?"),
      active: draft.answers.kind,
      items: [
        {
          label: `$(terminal) ${vscode.l10n.t("Desktop or command line")}`,
          detail: vscode.l10n.t(
            "Runs on the user's machine and gets the answer on a loopback port, as MCP clients do.",
          ),
          choice: "native",
        },
        {
          label: `$(globe) ${vscode.l10n.t("Web application")}`,
          detail: vscode.l10n.t("Runs on a server and gets the answer at an https URL of its own."),
          choice: "web",
        },
        {
          label: `$(multiple-windows) ${vscode.l10n.t("Both")}`,
          detail: vscode.l10n.t("One client with a loopback address and an https URL."),
          choice: "both",
        },
        {
          label: `$(mention) ${vscode.l10n.t("AT Protocol client")}`,
          detail: vscode.l10n.t("For Bluesky and other atproto servers, with DPoP and the scope atproto."),
          choice: "atproto",
        },
      ],
    });
    return noted(answer, (kind) => {
      const { answers } = draft;
      if (kind !== answers.kind) {
        const suggested = suggestRedirectUris(answers.kind, answers.clientId).map(({ uri }) => uri);
        answers.redirectUris = answers.redirectUris.filter((uri) => !suggested.includes(uri));
        draft.choseRedirectUris = false;
      }
      answers.kind = kind;
    });
  },
};

const SERVERS: Step = {
  pointer: "",
  applies: ({ answers }) => answers.kind !== "atproto",
  async ask(draft, place) {
    const answer = await askMany({
      ...place,
      placeholder: vscode.l10n.t("Servers it must work with; none for those that many people meet"),
      chosen: draft.answers.servers ?? [],
      items: chosenFirst(draft).map(({ id, name, version }) => ({ label: name, description: version, id })),
    });
    return noted(answer, (servers) => {
      draft.answers.servers = servers;
    });
  },
};

/** The known servers; those that are chosen come first, where a person sees them. */
function chosenFirst({ answers: { servers = [] }, knownServers }: Draft): ListServersResult {
  const isChosen = ({ id }: ListServersResult[number]): boolean => servers.includes(id);
  return [...knownServers.filter(isChosen), ...knownServers.filter((server) => !isChosen(server))];
}

const NAME: Step = {
  pointer: "/client_name",
  async ask(draft, place) {
    const answer = await askText({
      ...place,
      prompt: vscode.l10n.t("The name users read on the consent screen (client_name)"),
      placeholder: "Acme Notes",
      value: draft.answers.name,
      validate: judge(draft, "/client_name", (name) => ({ name })),
    });
    return noted(answer, (name) => {
      draft.answers.name = name;
    });
  },
};

const HOSTING: Step = {
  pointer: "/client_id",
  applies: ({ hosting }) => hosting.length > 0,
  async ask(draft, place) {
    const answer = await askPick<string>({
      ...place,
      placeholder: vscode.l10n.t(
        "Where will the document be published? You can change the URL in the next step.",
      ),
      active: draft.hosting.find(({ url }) => url === draft.answers.clientId)?.url ?? "",
      items: [
        ...draft.hosting.map(({ url, from }) => ({ label: url, description: from, choice: url })),
        { label: `$(edit) ${vscode.l10n.t("Another URL, or not known yet")}`, choice: "" },
      ],
    });
    return noted(answer, (clientId) => {
      // "Another URL" keeps one that was typed before.
      const suggested = draft.hosting.some(({ url }) => url === draft.answers.clientId);
      if (clientId !== "" || suggested) draft.answers.clientId = clientId;
    });
  },
};

const CLIENT_ID: Step = {
  pointer: "/client_id",
  async ask(draft, place) {
    const answer = await askText({
      ...place,
      prompt: vscode.l10n.t(
        "The URL where you will publish the document (client_id). Leave it empty if you do not know it yet.",
      ),
      placeholder: "https://app.example.com/oauth/client.cimd.json",
      value: draft.answers.clientId,
      validate: judgeOptional(draft, "/client_id", (clientId) => ({ clientId })),
    });
    return noted(answer, (typed) => {
      const clientId = typed.trim();
      if (clientId === "") draft.answers.authentication = "none";
      draft.answers.clientId = clientId;
    });
  },
};

const REDIRECT_URIS: Step = {
  pointer: "/redirect_uris",
  async ask(draft, place) {
    const answer = await askRedirectUris({
      ...place,
      kind: draft.answers.kind,
      clientId: draft.answers.clientId,
      chosen: draft.choseRedirectUris ? draft.answers.redirectUris : undefined,
      added: draft.answers.redirectUris,
      validate: judge(draft, "/redirect_uris/0", (uri) => ({ redirectUris: [uri] })),
    });
    return noted(answer, (redirectUris) => {
      draft.choseRedirectUris = true;
      draft.answers.redirectUris = redirectUris;
    });
  },
};

const REFRESH: Step = {
  pointer: "/grant_types",
  async ask(draft, place) {
    const answer = await askPick<boolean>({
      ...place,
      placeholder: vscode.l10n.t("Should users stay signed in?"),
      active: draft.answers.refresh,
      items: [
        {
          label: `$(sync) ${vscode.l10n.t("Yes, with refresh tokens")}`,
          detail: vscode.l10n.t("Adds refresh_token to grant_types; servers that see it may issue one."),
          choice: true,
        },
        {
          label: `$(sync-ignored) ${vscode.l10n.t("No")}`,
          detail: vscode.l10n.t("Users sign in again when the access token has expired."),
          choice: false,
        },
      ],
    });
    return noted(answer, (refresh) => {
      draft.answers.refresh = refresh;
    });
  },
};

const SCOPE: Step = {
  pointer: "/scope",
  async ask(draft, place) {
    const answer = await askText({
      ...place,
      prompt:
        draft.answers.kind === "atproto"
          ? vscode.l10n.t("Scopes besides atproto, separated by spaces. Leave it empty for none.")
          : vscode.l10n.t(
              "Scopes the client may ask for, separated by spaces. Leave it empty to decide with each request.",
            ),
      placeholder: draft.answers.kind === "atproto" ? "transition:generic" : "notes:read notes:write",
      value: draft.answers.scope,
      validate: judgeOptional(draft, "/scope", (scope) => ({ scope })),
    });
    return noted(answer, (scope) => {
      draft.answers.scope = scope;
    });
  },
};

const CLIENT_URI: Step = {
  pointer: "/client_uri",
  async ask(draft, place) {
    const answer = await askText({
      ...place,
      prompt: vscode.l10n.t("The client's home page (client_uri). Leave it empty for none."),
      placeholder: "https://app.example.com/",
      value: draft.answers.clientUri,
      validate: judgeOptional(draft, "/client_uri", (clientUri) => ({ clientUri })),
    });
    return noted(answer, (clientUri) => {
      draft.answers.clientUri = clientUri;
    });
  },
};

const LOGO_URI: Step = {
  pointer: "/logo_uri",
  async ask(draft, place) {
    const answer = await askText({
      ...place,
      prompt: vscode.l10n.t("The client's logo (logo_uri). Leave it empty for none."),
      placeholder: "https://app.example.com/logo.png",
      value: draft.answers.logoUri,
      validate: judgeOptional(draft, "/logo_uri", (logoUri) => ({ logoUri })),
    });
    return noted(answer, (logoUri) => {
      draft.answers.logoUri = logoUri;
    });
  },
};

const AUTHENTICATION: Step = {
  pointer: "/token_endpoint_auth_method",
  // The keys are published beside the document, so its URL has to be known.
  applies: ({ answers }) => answers.clientId !== "",
  after: CLIENT_ID,
  async ask(draft, place) {
    const answer = await askPick<Authentication>({
      ...place,
      placeholder: vscode.l10n.t("How does the client prove who it is at the token endpoint?"),
      active: draft.answers.authentication,
      items: [
        {
          label: `$(unlock) ${vscode.l10n.t("Not at all")}`,
          description: "none",
          detail: vscode.l10n.t(
            "A public client: right for everything that is installed on users' machines.",
          ),
          choice: "none",
        },
        {
          label: `$(key) ${vscode.l10n.t("With a key, ES256")}`,
          description: "private_key_jwt",
          detail: vscode.l10n.t(
            "A confidential client: the private key stays on a server of yours, jwks.json is public.",
          ),
          choice: "ES256",
        },
        {
          label: `$(key) ${vscode.l10n.t("With a key, RS256")}`,
          description: "private_key_jwt",
          detail: vscode.l10n.t("The same with an RSA key: the only algorithm that FastMCP verifies."),
          choice: "RS256",
        },
      ],
    });
    return noted(answer, (authentication) => {
      draft.answers.authentication = authentication;
    });
  },
};

/** The wizard's questions in their order: what later ones are judged by comes first. */
export const STEPS: readonly Step[] = [
  KIND,
  SERVERS,
  NAME,
  HOSTING,
  CLIENT_ID,
  REDIRECT_URIS,
  REFRESH,
  SCOPE,
  CLIENT_URI,
  LOGO_URI,
  AUTHENTICATION,
];

/**
 * How many questions there are, as far as it is known at one of them. What may still be asked is counted, so that the number
 * never grows.
 */
export function countSteps(draft: Draft, current: Step): number {
  const place = STEPS.indexOf(current);
  const isOpen = ({ after }: Step): boolean => after !== undefined && STEPS.indexOf(after) >= place;
  return STEPS.filter((step) => (step.applies?.(draft) ?? true) || isOpen(step)).length;
}
