import { messageOf } from "../messageOf.js";
import type { Connection } from "./connection.js";
import type { EditorAbilities } from "./initialize.js";
import type { Settings } from "./settings.js";

/** The section of an editor's settings that is ours. */
const SECTION = "cimd";

type Abilities = Pick<EditorAbilities, "configuration" | "dynamicConfiguration">;

/**
 * The settings of `cimd` as the editor has them: asked for each document where it answers such questions, else as it sends
 * them when they change.
 */
export class EditorSettings {
  readonly #connection: Connection;
  readonly #asked = new Map<string, Promise<Settings>>();
  readonly #complained = new Set<string>();
  #abilities: Abilities = { configuration: false, dynamicConfiguration: false };
  /** What the editor sent, once somebody asked for it. */
  #sent: Promise<Settings> | undefined;
  #section: unknown;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  initialize(abilities: Abilities): void {
    this.#abilities = abilities;
  }

  /** Asks the editor to tell when settings change, where it can be asked; once it is initialized. */
  follow(): void {
    if (!this.#abilities.dynamicConfiguration) return;
    const method = "workspace/didChangeConfiguration";
    this.#connection
      .sendRequest("client/registerCapability", {
        registrations: [{ id: method, method, registerOptions: { section: SECTION } }],
      })
      .catch((error: unknown) =>
        this.#connection.console.error(`Settings cannot be followed: ${messageOf(error)}`),
      );
  }

  /** The settings that count for a document; the defaults where the editor has no answer, which is asked again next time. */
  of(uri: string): Promise<Settings> {
    if (!this.#abilities.configuration) {
      this.#sent ??= this.#read(this.#section);
      return this.#sent;
    }
    const asked = this.#asked.get(uri);
    if (asked) return asked;
    const answer = this.#ask(uri).then((settings) => {
      if (!settings && this.#asked.get(uri) === answer) this.#asked.delete(uri);
      return settings ?? this.#read(undefined);
    });
    this.#asked.set(uri, answer);
    return answer;
  }

  /** @returns undefined where the editor gives no settings */
  async #ask(uri: string): Promise<Settings | undefined> {
    try {
      const answer = await this.#connection.sendRequest<unknown>("workspace/configuration", {
        items: [{ scopeUri: uri, section: SECTION }],
      });
      const section: unknown = Array.isArray(answer) ? answer[0] : undefined;
      return section === null || section === undefined ? undefined : await this.#read(section);
    } catch (error) {
      this.#complain(`The editor did not say its settings, so the defaults count: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** @param sent what `workspace/didChangeConfiguration` carries: all settings, or ours alone */
  changed(sent: unknown): void {
    this.forgetAll();
    if (this.#abilities.configuration) return;
    this.#section = typeof sent === "object" && sent !== null && SECTION in sent ? sent[SECTION] : sent;
    this.#sent = undefined;
  }

  forget(uri: string): void {
    this.#asked.delete(uri);
  }

  forgetAll(): void {
    this.#asked.clear();
  }

  /** Reads settings, and says once what cannot be understood of them. */
  async #read(section: unknown): Promise<Settings> {
    const { readSettings } = await import("./settings.js");
    const settings = readSettings(section);
    for (const complaint of settings.complaints) this.#complain(complaint);
    return settings;
  }

  #complain(complaint: string): void {
    if (this.#complained.has(complaint)) return;
    this.#complained.add(complaint);
    this.#connection.console.warn(complaint);
  }
}
