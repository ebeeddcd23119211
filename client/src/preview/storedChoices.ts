import type * as vscode from "vscode";
import { ConsentChoices } from "../../../server/src/views/consent/consentView.js";

const KEY = "cimd.preview.choices";
/** Files beyond this are forgotten, the longest unused first. */
const MAX_FILES = 100;

/** What was chosen in the preview, for each file, kept in the workspace's storage. */
export class StoredChoices {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
  }

  /** @returns undefined when nothing was chosen, or what is stored is no longer understood */
  of(uri: string): ConsentChoices | undefined {
    const found = ConsentChoices.safeParse(this.#all()[uri]);
    return found.success ? found.data : undefined;
  }

  async store(uri: string, choices: ConsentChoices): Promise<void> {
    const { [uri]: _, ...others } = this.#all();
    const kept = Object.entries(others).slice(-(MAX_FILES - 1));
    await this.#storage.update(KEY, Object.fromEntries([...kept, [uri, choices]]));
  }

  #all(): Readonly<Record<string, unknown>> {
    return this.#storage.get<Record<string, unknown>>(KEY, {});
  }
}
