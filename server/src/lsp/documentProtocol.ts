import * as z from "zod/mini";
import { MATCH_GROUPS } from "../views/matchGroups.js";

/**
 * Requests about one text that the extension's commands make. The text comes with the request, so that no answer depends
 * on when edits arrive.
 */

const Position = z.object({ line: z.number(), character: z.number() });
const Range = z.object({ start: Position, end: Position });

/** The parameters of `cimd/sortMembers` and `cimd/checkText`. */
export const TextParams = z.object({
  /** Whose settings count. */
  uri: z.string(),
  text: z.string(),
});
export type TextParams = z.infer<typeof TextParams>;

/** `cimd/sortMembers`: edits that put the members into the usual order, or why there are none. */
export const SORT_MEMBERS = "cimd/sortMembers";
export const SortMembersResult = z.union([
  z.object({ edits: z.array(z.object({ range: Range, newText: z.string() })) }),
  z.object({ refused: z.string() }),
]);

/**
 * `cimd/matchRedirectUri`: what the servers that count, or all known ones, would do with a redirect URI that a client sends, or
 * with a whole authorization request.
 */
export const MATCH_REDIRECT_URI = "cimd/matchRedirectUri";
export const MatchRedirectUriParams = z.object({
  uri: z.string(),
  text: z.string(),
  /** Or the URL of a whole authorization request. */
  redirectUri: z.string(),
  /** The targets or else the document's default group; or all known servers. */
  verdicts: z.enum(["group", "all"]),
});
export const RedirectMatches = z.object({
  /** True where the URL of a whole authorization request was judged. */
  whole: z.boolean(),
  /** What the specifications and the document say of the request, whatever the server. */
  findings: z.array(
    z.object({
      part: z.string(),
      severity: z.enum(["error", "warning", "information"]),
      message: z.string(),
    }),
  ),
  matches: z.array(
    z.object({
      server: z.string(),
      name: z.string(),
      version: z.string(),
      group: z.enum(MATCH_GROUPS),
      matchedBy: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  ),
  /** Why servers refuse it and what to write: the nearest entry, and sentences. */
  advice: z.optional(z.object({ entry: z.string(), sentences: z.array(z.string()) })),
});
export type RedirectMatches = z.infer<typeof RedirectMatches>;

/**
 * `cimd/checkText`: the problems of a text that is not open, as LSP diagnostics. The text has the file's byte order mark, the
 * ranges do not count it.
 */
export const CHECK_TEXT = "cimd/checkText";
export const TextProblems = z.array(
  z.object({
    range: Range,
    /** LSP's: 1 error, 2 warning, 3 information, 4 hint. */
    severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    code: z.string(),
    href: z.optional(z.string()),
    message: z.string(),
  }),
);
export type TextProblems = z.infer<typeof TextProblems>;
