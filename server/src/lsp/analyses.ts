import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalyseOptions, type Analysis, analyse } from "../check/analyse.js";
import type { RuleFailure } from "../rules/engine.js";
import type { Settings } from "./settings.js";

/** Analyses beyond this are made again when they are asked for: a person works in few documents at a time. */
const MOST_KEPT = 10;

interface Kept {
  readonly version: number;
  readonly languageId: string;
  readonly settings: Settings;
  readonly analysis: Analysis;
}

/**
 * Analyses of the documents last used: one a document, made anew when the text, the language or the settings change, so that a
 * hover, a code action and the diagnostics of one version share one pass.
 */
export class Analyses {
  readonly #kept = new Map<string, Kept>();
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

  of(document: TextDocument, settings: Settings): Analysis {
    const kept = this.#kept.get(document.uri);
    if (
      kept &&
      kept.version === document.version &&
      kept.languageId === document.languageId &&
      kept.settings === settings
    ) {
      return kept.analysis;
    }
    const analysis = analyseAs(document.getText(), settings, {
      url: this.#urlFor(document.uri, settings),
      besideJsonService: document.languageId !== "cimd",
      onRuleFailure: this.#onRuleFailure,
    });
    // Set anew, so that the oldest stands first.
    this.#kept.delete(document.uri);
    this.#kept.set(document.uri, {
      version: document.version,
      languageId: document.languageId,
      settings,
      analysis,
    });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return analysis;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  forgetAll(): void {
    this.#kept.clear();
  }
}

/** Analyses a text the way a person's settings ask for. */
export function analyseAs(
  text: string,
  { targets, rules }: Settings,
  options: Omit<AnalyseOptions, "servers" | "rules">,
): Analysis {
  return analyse(text, {
    ...options,
    servers: targets.length > 0 ? { mode: "targets", targets } : { mode: "all" },
    rules,
  });
}
