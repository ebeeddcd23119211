import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalyseOptions, type Analysis, analyse, analyseWithPauses } from "../check/analyse.js";
import { pause, pauseUnlessCancelled } from "./pauses.js";
import type { Settings } from "./settings.js";

/** Analyses beyond this are made again when they are asked for: a person works in few documents at a time. */
const MAX_CACHED = 10;
/** Together, the texts of cached analyses are not longer than this, in UTF-16 units; the newest always stays. */
const MAX_CACHED_TEXT = 4_000_000;

/** Shorter texts (in UTF-16 units) are analysed without a pause: in a few milliseconds. */
const WORTH_PAUSING = 20_000;

/** What an analysis rests on. */
interface Basis {
  readonly version: number;
  readonly languageId: string;
  readonly settings: Settings;
  /** The text with the byte order mark that the editor hides, if there is one. */
  readonly text: string;
}

interface Cached extends Basis {
  readonly analysis: Analysis;
}

interface Running extends Basis {
  readonly result: Promise<Analysis | undefined>;
  /** Of those who wait for it. */
  readonly tokens: CancellationToken[];
}

export interface AnalysesOptions extends Pick<AnalyseOptions, "onRuleFailure" | "onServerFailure"> {
  /** The text as a server would read it. */
  served(uri: string, text: string): string;
  /** Where a document is served from, as far as settings say. */
  urlFor(uri: string, settings: Settings): string | undefined;
}

/**
 * Analyses of the documents last used: one a document, made anew when the text, the language or the settings change, so that a
 * hover, a code action and the diagnostics of one version share one pass.
 */
export class Analyses {
  readonly #cached = new Map<string, Cached>();
  readonly #running = new Map<string, Running>();
  readonly #options: AnalysesOptions;

  constructor(options: AnalysesOptions) {
    this.#options = options;
  }

  /**
   * The analysis of a document as it is now. A long one is made with pauses, in which other messages are answered.
   *
   * @returns undefined when the document changed, was closed, or nobody waited any more, before it was done
   */
  async of(
    document: TextDocument,
    settings: Settings,
    token: CancellationToken,
  ): Promise<Analysis | undefined> {
    const { uri, version, languageId } = document;
    const text = this.#options.served(uri, document.getText());
    const basis: Basis = { version, languageId, settings, text };
    const cached = this.#cached.get(uri);
    if (cached && isSame(cached, basis)) return cached.analysis;
    const options = this.#optionsFor(document, settings);
    if (text.length < WORTH_PAUSING) return this.#add(uri, { ...basis, analysis: analyse(text, options) });
    const known = this.#running.get(uri);
    if (known && isSame(known, basis)) {
      known.tokens.push(token);
      return known.result;
    }
    const tokens = [token];
    const isWanted = () =>
      this.#running.get(uri) === running &&
      document.version === version &&
      tokens.some(({ isCancellationRequested }) => !isCancellationRequested);
    const running: Running = {
      ...basis,
      tokens,
      result: analyseWhileWanted(text, options, isWanted)
        .then((analysis) => analysis && this.#add(uri, { ...basis, analysis }))
        .finally(() => {
          if (this.#running.get(uri) === running) this.#running.delete(uri);
        }),
    };
    this.#running.set(uri, running);
    return running.result;
  }

  #optionsFor({ uri, languageId }: TextDocument, settings: Settings): AnalyseOptions {
    const { urlFor, onRuleFailure, onServerFailure } = this.#options;
    return withSettings(settings, {
      url: urlFor(uri, settings),
      hidesByteOrderMark: true,
      besideJsonService: languageId !== "cimd",
      onRuleFailure,
      onServerFailure,
    });
  }

  #add(uri: string, added: Cached): Analysis {
    // Set anew, so that the oldest stands first.
    this.#cached.delete(uri);
    this.#cached.set(uri, added);
    let length = 0;
    for (const { analysis } of this.#cached.values()) length += analysis.document.text.length;
    for (const [oldest, { analysis }] of this.#cached) {
      if (oldest === uri || (this.#cached.size <= MAX_CACHED && length <= MAX_CACHED_TEXT)) break;
      this.#cached.delete(oldest);
      length -= analysis.document.text.length;
    }
    return added.analysis;
  }

  forget(uri: string): void {
    this.#cached.delete(uri);
    this.#running.delete(uri);
  }

  forgetAll(): void {
    this.#cached.clear();
    this.#running.clear();
  }
}

function isSame(one: Basis, other: Basis): boolean {
  return (
    one.version === other.version &&
    one.languageId === other.languageId &&
    one.settings === other.settings &&
    one.text.length === other.text.length
  );
}

/** @returns undefined where the analysis is no longer wanted before it is done */
async function analyseWhileWanted(
  text: string,
  options: AnalyseOptions,
  isWanted: () => boolean,
): Promise<Analysis | undefined> {
  class Unwanted extends Error {}
  try {
    return await analyseWithPauses(text, options, async () => {
      await pause();
      if (!isWanted()) throw new Unwanted();
    });
  } catch (error) {
    if (error instanceof Unwanted) return undefined;
    throw error;
  }
}

/**
 * Analyses a text the way a person's settings ask for, with pauses in which other requests are answered.
 *
 * @throws {ResponseError} when the token is cancelled before it is done
 */
export function analyseAs(
  text: string,
  settings: Settings,
  options: Omit<AnalyseOptions, "servers" | "rules">,
  token: CancellationToken,
): Promise<Analysis> {
  return analyseUnlessCancelled(text, withSettings(settings, options), token);
}

/** {@link analyseAs} with options that no settings ask for. */
export function analyseUnlessCancelled(
  text: string,
  options: AnalyseOptions,
  token: CancellationToken,
): Promise<Analysis> {
  return analyseWithPauses(text, options, pauseUnlessCancelled(token));
}

function withSettings(
  { targets, rules }: Settings,
  options: Omit<AnalyseOptions, "servers" | "rules">,
): AnalyseOptions {
  return {
    ...options,
    servers: targets.length > 0 ? { mode: "targets", targets } : { mode: "default" },
    rules,
  };
}
