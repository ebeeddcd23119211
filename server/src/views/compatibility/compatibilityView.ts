import * as z from "zod/mini";

/**
 * What `CIMD: Show Server Compatibility` shows, as data: authorization servers × questions. The language server builds it
 * (`buildCompatibilityView`), the editor's client passes it on and copies it as Markdown, and the page draws it. Texts may
 * quote the document; nothing here is HTML or Markdown.
 *
 * The zod shapes are the contract on both sides of the webview: what does not fit them is not drawn.
 */

/**
 * What a cell comes to: `works`; `limited`: with a catch; `never`; `unreached`: it does not come to this; `unknown`: there
 * is no evidence; `told`: a fact that is neither good nor bad.
 */
export const OUTCOMES = ["works", "limited", "never", "unreached", "unknown", "told"] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** The questions, from left to right. */
export const QUESTIONS = ["loads", "signIn", "refresh", "tokenEndpoint", "consent"] as const;
export type Question = (typeof QUESTIONS)[number];

/** What servers do with the document, from bad to good, and last those of which it is not known. */
export const GROUPS = ["refuses", "limited", "works", "unknown"] as const;
export const Group = z.enum(GROUPS);
export type Group = z.infer<typeof Group>;

/** A place in the document: zero-based, UTF-16, end exclusive (LSP). */
const position = z.object({ line: z.int(), character: z.int() });
export const Place = z.object({ start: position, end: position });

/** One sentence behind an outcome. */
export const Statement = z.object({
  outcome: Outcome,
  /** The text of the document, or the name of what a screen shows, that the sentence is about. */
  about: z.optional(z.string()),
  /** In words; may quote the document. */
  text: z.string(),
  /** The rule that the reason belongs to. */
  rule: z.optional(z.string()),
  /** Where in the document: the member, as `redirect_uris[0]`, and its place. */
  link: z.optional(z.object({ label: z.string(), place: Place })),
});
export type Statement = z.infer<typeof Statement>;

export const Cell = z.object({
  outcome: Outcome,
  /** A word or two, such as `Refused` or `2 of 3 work`. */
  word: z.string(),
  statements: z.array(Statement),
});
export type Cell = z.infer<typeof Cell>;

export const Row = z.object({
  server: z.object({
    id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
    name: z.string(),
    /** The version that was read. */
    version: z.string(),
    confidence: z.enum(["read-source", "docs", "issue-thread"]),
    /** The recorded run of the server's own code that the row agrees with. */
    proof: z.optional(
      z.object({ engine: z.string(), version: z.string(), cases: z.int(), date: z.string() }),
    ),
  }),
  /** Whether `cimd.servers` names it, or a group with it. */
  target: z.boolean(),
  /** Whether the summary is about it: the targets, or without any the document's default group. */
  counted: z.boolean(),
  group: Group,
  cells: z.object({ loads: Cell, signIn: Cell, refresh: Cell, tokenEndpoint: Cell, consent: Cell }),
  /** What was read, and a page that shows it. */
  evidence: z.array(z.object({ what: z.string(), url: z.string() })),
});
export type Row = z.infer<typeof Row>;

export const CompatibilityView = z.object({
  /** Set while the text cannot be read as a document: why, and where. */
  broken: z.optional(z.object({ message: z.string(), place: Place })),
  /** The sum of the servers that count: the targets where there are any, else the document's default group. */
  summary: z.string(),
  rows: z.array(Row),
});
export type CompatibilityView = z.infer<typeof CompatibilityView>;
