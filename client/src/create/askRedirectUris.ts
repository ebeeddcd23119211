import * as vscode from "vscode";
import { suggestRedirectUris } from "../../../server/src/create/redirectSuggestions.js";
import type { ClientKind } from "../../../server/src/create/wizardAnswers.js";
import { type Answer, run, type StepPlace, type Validate } from "./wizard.js";

interface Item extends vscode.QuickPickItem {
  /** Absent for the row that offers to add what is typed. */
  readonly uri?: string;
}

interface RedirectStep extends StepPlace {
  readonly kind: ClientKind;
  /** The client identifier URL, or an empty text. */
  readonly clientId: string;
  /** Chosen before, when the person comes back to this step. */
  readonly chosen: readonly string[] | undefined;
  /** Typed before for another kind of client: they stay checked beside the suggestions for this one. */
  readonly added: readonly string[];
  readonly validate: Validate;
}

/**
 * Asks for redirect URIs: suggestions with check marks, and others by typing them and pressing Enter. Enter on an empty
 * line goes on with what is checked.
 */
export async function askRedirectUris(step: RedirectStep): Promise<Answer<string[]>> {
  const suggestions = await judgedSuggestions(step);
  const pick = vscode.window.createQuickPick<Item>();
  Object.assign(pick, { title: step.title, step: step.step, totalSteps: step.totalSteps });
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.placeholder =
    suggestions.length > 0
      ? vscode.l10n.t("Check the redirect URIs, or type another and press Enter")
      : vscode.l10n.t("Type a redirect URI and press Enter");

  const chosen = step.chosen ?? [
    ...suggestions.filter(({ picked }) => picked).map(({ uri }) => uri),
    ...step.added,
  ];
  let listed: Item[] = startItems(suggestions, chosen);
  let checked = new Set(chosen);
  let showing = false;

  /** Replaces the rows; the selection has to be set anew each time. */
  const show = (typed?: Item) => {
    showing = true;
    pick.items = typed ? [typed, ...listed] : listed.length > 0 ? listed : [nothingToSuggest(step)];
    pick.selectedItems = listed.filter(({ uri }) => uri !== undefined && checked.has(uri));
    if (typed) pick.activeItems = [typed];
    showing = false;
  };
  show();

  let round = 0;
  const judge = async (value: string) => {
    const mine = ++round;
    const found = value === "" ? undefined : await step.validate(value);
    return mine === round ? { found } : undefined;
  };

  const current = () => listed.flatMap(({ uri }) => (uri !== undefined && checked.has(uri) ? [uri] : []));
  return run(pick, step, current, (finish) => {
    pick.onDidChangeSelection((items) => {
      if (!showing) checked = new Set(items.flatMap(({ uri }) => (uri === undefined ? [] : [uri])));
    });
    pick.onDidChangeValue(async (value) => {
      const typed = value.trim();
      const judged = await judge(typed);
      if (!judged) return;
      if (typed === "" || listed.some(({ uri }) => uri === typed)) show();
      else show(typedItem(typed, judged.found));
    });
    pick.onDidAccept(async () => {
      const typed = pick.value.trim();
      if (typed === "") {
        if (current().length > 0) finish(current());
        else
          show({ label: `$(error) ${vscode.l10n.t("Choose at least one redirect URI")}`, alwaysShow: true });
        return;
      }
      const judged = await judge(typed);
      if (!judged) return;
      if (judged.found?.blocks) {
        show(typedItem(typed, judged.found));
        return;
      }
      if (!listed.some(({ uri }) => uri === typed)) listed = [...listed, { label: typed, uri: typed }];
      checked.add(typed);
      pick.value = "";
      show();
    });
  });
}

interface Suggestion {
  readonly uri: string;
  readonly detail: string;
  readonly picked: boolean;
}

/** The suggestions; one that the rules or a target server refuse says so, and is not checked from the start. */
function judgedSuggestions({ kind, clientId, validate }: RedirectStep): Promise<Suggestion[]> {
  return Promise.all(
    suggestRedirectUris(kind, clientId).map(async (suggestion) => {
      const found = await validate(suggestion.uri);
      return found?.blocks ? { ...suggestion, detail: found.message, picked: false } : suggestion;
    }),
  );
}

/** What it means that the list is empty. */
function nothingToSuggest({ clientId }: RedirectStep): Item {
  return {
    label: `$(info) ${clientId === "" ? vscode.l10n.t("Nothing to suggest without a client_id") : vscode.l10n.t("Nothing to suggest for this client_id")}`,
    detail: vscode.l10n.t("Type the URL to which users come back after they have signed in."),
    alwaysShow: true,
  };
}

function startItems(suggestions: readonly Suggestion[], chosen: readonly string[]): Item[] {
  return [
    ...suggestions.map(({ uri, detail }) => ({ label: uri, detail, uri })),
    ...chosen
      .filter((uri) => !suggestions.some((suggestion) => suggestion.uri === uri))
      .map((uri) => ({ label: uri, uri })),
  ];
}

function typedItem(typed: string, found: Awaited<ReturnType<Validate>>): Item {
  return {
    label: found?.blocks ? `$(error) ${typed}` : `$(add) ${vscode.l10n.t("Add {0}", typed)}`,
    detail: found?.message ?? vscode.l10n.t("Press Enter to add it."),
    alwaysShow: true,
  };
}
