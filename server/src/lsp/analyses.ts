import type { CancellationToken } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalyseOptions, type Analysis, analyse, analyseWithPauses } from "../check/analyse.js";
import type { RuleFailure } from "../rules/engine.js";
import { ErrorCodes, ResponseError } from "./responseError.js";
import type { Settings } from "./settings.js";
import { nextTurn } from "./turns.js";

/** Analyses beyond this are made again when they are asked for: a person works in few documents at a time. */
const MOST_KEPT = 10;
/** Together, the texts of kept analyses are not longer than this, in UTF-16 units; the newest is always kept. */
const MOST_TEXT_KEPT = 4_000_000;

/** Shorter texts (in UTF-16 units) are analysed without a pause: in a few milliseconds. */
const WORTH_PAUSING = 20_000;

/** What an analysis rests on. */
interface Basis {
  readonly version: number;
  readonly languageId: string;
  readonly settings: Settings;
}

interface Kept extends Basis {
  readonly analysis: Analysis;
  readonly length: number;
}

interface Running extends Basis {
  readonly result: Promise<Analysis | undefined>;
  /** Of those who wait for it. */
  readonly tokens: CancellationToken[];
}

/**
 * Analyses of the documents last used: one a document, made anew when the text, the language or the settings change, so that a
 * hover, a code action and the diagnostics of one version share one pass.
 */
export class Analyses {
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Running>();
  readonly #onRuleFailure: (failure: RuleFailure) => void;
  readonly #urlFor: (uri: string, settings: Settings) => string | undefined;

  /** @param urlFor where a document is served from, as far as settings say */
  constructor(
    onRuleFailure: (failure: RuleFailure) => void,
    urlFor: (uri: string, settings: Settings) => string | undefined,
  ) {
    this.#onRuleFailure = onRuleFailure;
    this.#urlFor = urlFor;
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
    const basis: Basis = { version, languageId, settings };
    const kept = this.#kept.get(uri);
    if (kept && isSame(kept, basis)) return kept.analysis;
    const options = this.#options(document, settings);
    const text = document.getText();
    const { length } = text;
    if (length < WORTH_PAUSING)
      return this.#keep(uri, { ...basis, length, analysis: analyse(text, options) });
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
      result: whileWanted(text, options, isWanted)
        .then((analysis) => analysis && this.#keep(uri, { ...basis, length, analysis }))
        .finally(() => {
          if (this.#running.get(uri) === running) this.#running.delete(uri);
        }),
    };
    this.#running.set(uri, running);
    return running.result;
  }

  #options(document: TextDocument, settings: Settings): AnalyseOptions {
    return optionsFor(settings, {
      url: this.#urlFor(document.uri, settings),
      besideJsonService: document.languageId !== "cimd",
      onRuleFailure: this.#onRuleFailure,
    });
  }

  #keep(uri: string, kept: Kept): Analysis {
    // Set anew, so that the oldest stands first.
    this.#kept.delete(uri);
    this.#kept.set(uri, kept);
    let text = 0;
    for (const { length } of this.#kept.values()) text += length;
    for (const [oldest, { length }] of this.#kept) {
      if (oldest === uri || (this.#kept.size <= MOST_KEPT && text <= MOST_TEXT_KEPT)) break;
      this.#kept.delete(oldest);
      text -= length;
    }
    return kept.analysis;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
    this.#running.delete(uri);
  }

  forgetAll(): void {
    this.#kept.clear();
    this.#running.clear();
  }
}

function isSame(one: Basis, other: Basis): boolean {
  return (
    one.version === other.version && one.languageId === other.languageId && one.settings === other.settings
  );
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
  return analyseUnlessCancelled(text, optionsFor(settings, options), token);
}

/** {@link analyseAs} with options that no settings ask for. */
export async function analyseUnlessCancelled(
  text: string,
  options: AnalyseOptions,
  token: CancellationToken,
): Promise<Analysis> {
  const analysis = await whileWanted(text, options, () => !token.isCancellationRequested);
  if (!analysis) throw new ResponseError(ErrorCodes.RequestCancelled, "cancelled");
  return analysis;
}

/** @returns undefined where the analysis is no longer wanted before it is done */
async function whileWanted(
  text: string,
  options: AnalyseOptions,
  isWanted: () => boolean,
): Promise<Analysis | undefined> {
  class Unwanted extends Error {}
  try {
    return await analyseWithPauses(text, options, async () => {
      await nextTurn();
      if (!isWanted()) throw new Unwanted();
    });
  } catch (error) {
    if (error instanceof Unwanted) return undefined;
    throw error;
  }
}

function optionsFor(
  { targets, rules }: Settings,
  options: Omit<AnalyseOptions, "servers" | "rules">,
): AnalyseOptions {
  return {
    ...options,
    servers: targets.length > 0 ? { mode: "targets", targets } : { mode: "default" },
    rules,
  };
}
