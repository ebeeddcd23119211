import * as z from "zod/mini";

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

/** `cimd/matchRedirectUri`: what each server that counts would do with a redirect URI that a client sends. */
export const MATCH_REDIRECT_URI = "cimd/matchRedirectUri";
export const MatchRedirectUriParams = z.object({
  uri: z.string(),
  text: z.string(),
  redirectUri: z.string(),
});
export const RedirectMatches = z.array(
  z.object({
    server: z.string(),
    name: z.string(),
    version: z.string(),
    outcome: z.enum(["allowed", "refused", "document-refused", "unknown"]),
    matchedBy: z.optional(z.string()),
    reason: z.optional(z.string()),
  }),
);
export type RedirectMatches = z.infer<typeof RedirectMatches>;

/** `cimd/checkText`: the problems of a text that is not open, as LSP diagnostics. */
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
