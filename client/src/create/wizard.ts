import * as vscode from "vscode";
import { missedMatches } from "./missedMatches.js";

/**
 * How a step ended: by Enter, or by the back button, with the value that was there; or by Escape. What was there when the
 * person went back need not pass the checks.
 */
export type Answer<T> = { readonly value: T; readonly isBack: boolean } | "back" | "cancel";

/** Where a step stands in its wizard. */
export interface StepPlace {
  readonly title: string;
  /** One-based. */
  readonly step: number;
  readonly totalSteps: number;
}

/** Says what is wrong with what was typed: nothing, a note that may stay, or an error that must go. */
export type Validate = (
  value: string,
) => Promise<{ readonly message: string; readonly blocks: boolean } | undefined>;

interface TextStep extends StepPlace {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly validate: Validate;
}

/**
 * Asks for one line of text. It is checked while it is typed; Enter is refused while a check blocks.
 */
export function askText(step: TextStep): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { title: step.title, step: step.step, totalSteps: step.totalSteps });
  input.prompt = step.prompt;
  input.placeholder = step.placeholder;
  input.value = step.value;
  // Switching to a browser to copy a URL must not end the wizard.
  input.ignoreFocusOut = true;
  let round = 0;
  const check = async (): Promise<boolean> => {
    const mine = ++round;
    const found = await step.validate(input.value);
    if (mine !== round) return false;
    input.validationMessage = found && {
      message: found.message,
      severity: found.blocks
        ? vscode.InputBoxValidationSeverity.Error
        : vscode.InputBoxValidationSeverity.Warning,
    };
    return !found?.blocks;
  };
  const current = () => input.value;
  return run(input, step, current, (finish) => {
    input.onDidChangeValue(check);
    input.onDidAccept(async () => {
      const value = input.value;
      input.busy = true;
      const passes = await check();
      input.busy = false;
      if (passes && value === input.value) finish(value);
    });
  });
}

interface PickStep<T> extends StepPlace {
  readonly placeholder: string;
  readonly items: readonly (vscode.QuickPickItem & { readonly choice: T })[];
  readonly active: T | undefined;
}

/** Asks for one of a few things. */
export function askPick<T>(step: PickStep<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly choice: T }>();
  Object.assign(pick, { title: step.title, step: step.step, totalSteps: step.totalSteps });
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.activeItems = step.items.filter(({ choice }) => choice === step.active);
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  return run(pick, step, undefined, (finish) => {
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen) finish(chosen.choice);
    });
  });
}

interface ManyStep extends StepPlace {
  readonly placeholder: string;
  readonly items: readonly (vscode.QuickPickItem & { readonly id: string })[];
  /** Ids of the items that are checked from the start. */
  readonly chosen: readonly string[];
}

/**
 * Asks for any number of things, none included; the answer is their ids. Enter takes the only thing that matches what was
 * typed; where several match and none of them is checked, it goes to the first.
 */
export function askMany(step: ManyStep): Promise<Answer<string[]>> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly id: string }>();
  pick.title = step.title;
  if (step.totalSteps > 1) Object.assign(pick, { step: step.step, totalSteps: step.totalSteps });
  pick.canSelectMany = true;
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.selectedItems = step.items.filter(({ id }) => step.chosen.includes(id));
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  const current = () => pick.selectedItems.map(({ id }) => id);
  return run(pick, step, current, (finish) => {
    pick.onDidAccept(() => {
      const ids = current();
      const missed = missedMatches(pick.value, step.items, ids);
      const [first] = missed;
      const taken = missed.length === 1 ? first : pick.activeItems.find((item) => missed.includes(item));
      if (taken) finish([...ids, taken.id]);
      else if (first) pick.activeItems = [first];
      else finish(ids);
    });
  });
}

/**
 * Shows an input until it is accepted, left by the back button, or hidden; disposes it either way.
 *
 * @param current what is chosen or typed so far, so that going back does not lose it; absent where one thing is picked
 */
export function run<T>(
  input: vscode.QuickInput & {
    buttons: readonly vscode.QuickInputButton[];
    readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  },
  { step }: StepPlace,
  current: (() => T) | undefined,
  wire: (finish: (value: T) => void) => void,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const finish = (answer: Answer<T>) => {
      resolve(answer);
      input.dispose();
    };
    if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back)
        finish(current ? { value: current(), isBack: true } : "back");
    });
    input.onDidHide(() => finish("cancel"));
    wire((value) => finish({ value, isBack: false }));
    input.show();
  });
}
