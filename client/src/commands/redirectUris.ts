import * as vscode from "vscode";
import { type Answer, run, type StepPlace, type Validate } from "./wizard.js";

/** What a client is decides which redirect URIs make sense (RFC 8252 §7). */
export type ClientKind = "native" | "web";

interface Suggestion {
  readonly uri: string;
  readonly detail: string;
  /** Checked from the start. */
  readonly picked: boolean;
}

/** The first two are what most servers take: no port, so that RFC 8252 §7.3 lets the client bind any. */
const SUGGESTIONS: Record<ClientKind, readonly Suggestion[]> = {
  native: [
    {
      uri: "http://127.0.0.1/callback",
      detail: "Loopback without a port: the client may use any port (RFC 8252 §7.3).",
      picked: true,
    },
    {
      uri: "http://localhost/callback",
      detail: "The same by name: no server takes one of the two for the other.",
      picked: true,
    },
    {
      uri: "http://localhost:*/callback",
      detail: "FastMCP's port wildcard. Several other servers refuse a document that holds one.",
      picked: false,
    },
  ],
  web: [],
};

interface Item extends vscode.QuickPickItem {
  /** Absent for the row that offers to add what is typed. */
  readonly uri?: string;
}

interface RedirectStep extends StepPlace {
  readonly kind: ClientKind;
  /** Chosen before, when the person comes back to this step. */
  readonly chosen: readonly string[] | undefined;
  readonly validate: Validate;
}

/**
 * Asks for redirect URIs: suggestions with check marks, and others by typing them and pressing Enter. Enter on an empty
 * line goes on with what is checked.
 */
export function askRedirectUris(step: RedirectStep): Promise<Answer<string[]>> {
  const pick = vscode.window.createQuickPick<Item>();
  Object.assign(pick, { title: step.title, step: step.step, totalSteps: step.totalSteps });
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.placeholder =
    step.kind === "native"
      ? "Check the redirect URIs, or type another and press Enter"
      : "Type a redirect URI, such as https://app.example.com/callback, and press Enter";

  let listed: Item[] = startItems(step);
  let checked = new Set(
    step.chosen ?? SUGGESTIONS[step.kind].filter(({ picked }) => picked).map(({ uri }) => uri),
  );
  let showing = false;

  /** Replaces the rows; the selection has to be set anew each time. */
  const show = (typed?: Item) => {
    showing = true;
    pick.items = typed ? [typed, ...listed] : listed;
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

  return run(pick, step, (finish) => {
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
        const chosen = listed.flatMap(({ uri }) => (uri !== undefined && checked.has(uri) ? [uri] : []));
        if (chosen.length > 0) finish({ value: chosen });
        else show({ label: "$(error) Choose at least one redirect URI", alwaysShow: true });
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

function startItems({ kind, chosen = [] }: RedirectStep): Item[] {
  const suggestions = SUGGESTIONS[kind];
  return [
    ...suggestions.map(({ uri, detail }) => ({ label: uri, detail, uri })),
    ...chosen
      .filter((uri) => !suggestions.some((suggestion) => suggestion.uri === uri))
      .map((uri) => ({ label: uri, uri })),
  ];
}

function typedItem(typed: string, found: Awaited<ReturnType<Validate>>): Item {
  return {
    label: found?.blocks ? `$(error) ${typed}` : `$(add) Add ${typed}`,
    detail: found?.message ?? "Press Enter to add it.",
    alwaysShow: true,
  };
}
