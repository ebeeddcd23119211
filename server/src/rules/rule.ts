import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Source } from "../specifications/sources.js";
import type { Finding, RelatedPlace, Severity } from "./problem.js";

/** What a rule says about one place. */
export interface Report {
  /** The node, member or bare range the problem covers. */
  readonly at: { readonly offset: number; readonly end: number };
  readonly pointer: string;
  readonly message: string;
  /** Where one rule has two strengths, the one for this place; else the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly tags?: readonly ("unnecessary" | "deprecated")[];
  readonly data?: unknown;
}

/** Offsets are UTF-16, `[offset, end)`; edits of one fix never overlap. */
export interface TextEdit {
  readonly offset: number;
  readonly end: number;
  readonly newText: string;
}

export interface Fix {
  /** An imperative sentence without a full stop: `Use https`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one right fix. */
  readonly preferred?: boolean;
  /** True where there is one answer, and no author could want another: may run on save, with all others. */
  readonly safe?: boolean;
}

/**
 * One rule of the catalogue. Its examples run as tests: each `bad` gives exactly this rule at the place between
 * « and », each `good` gives nothing, and a fix applied twice changes nothing the second time.
 */
export interface Rule {
  /** `<field>/<what>` in kebab-case. */
  readonly id: string;
  readonly severity: Severity | "off";
  /** A few words for tables and settings. */
  readonly title: string;
  /** Why it matters, for a newcomer, in a sentence or two. */
  readonly why: string;
  readonly sources: readonly [Source, ...Source[]];
  /** VS Code's JSON service with our schema says the same where a user maps the file to `json`. */
  readonly coveredByJsonService?: true;
  /**
   * Set on rules that rest on what servers do and not on a specification: with target servers chosen, only what those
   * servers do counts, and the rule's own findings are silent. `message` is the sentence for causes that only servers see.
   */
  readonly portability?: {
    readonly message: string;
    /** The name of the member is at fault, and not its value. */
    readonly atName?: true;
  };
  /** What is said of servers that are stricter than the specification; without it, the title says what they require. */
  readonly stricter?: string;
  /**
   * Rules that speak of the same cause in other words. Where two of them meet at one place the stronger stands, and what
   * servers report under either is told once.
   */
  readonly sameAs?: readonly string[];
  /** Rules that have nothing to add where this one is told: what they find at the same place is left out. */
  readonly replaces?: readonly string[];
  /** The pointer of the member that values are compared with: an error there explains what servers make of them. */
  readonly comparedWith?: string;
  /** Set where no edit of the document changes anything: the views tell it, and problems only of a target that blocks. */
  readonly viewOnly?: true;
  /** Set on rules of one ecosystem: what servers of the default group say under them is silent in documents of others. */
  readonly concerns?: (document: ClientMetadataDocument) => boolean;
  /** Documents with exactly this problem, its place between « and »; `example.ts` explains the notation. */
  readonly bad: readonly [string, ...string[]];
  /** Close neighbours that have no problem at all. */
  readonly good: readonly [string, ...string[]];
  /** Absent on rules that only authorization servers report (`portability` is set then). */
  check?(document: ClientMetadataDocument, report: (found: Report) => void): void;
  fix?(document: ClientMetadataDocument, finding: Finding): readonly Fix[];
}

/** Checks that an object is a rule and keeps its literal types. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
