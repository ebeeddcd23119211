import * as z from "zod";
import { SEVERITIES } from "../../rules/problem.js";
import type { Verdict } from "../../servers/profile.js";
import { SUMS, sumOf } from "../../views/compatibility/summary.js";

const POSITION = z.strictObject({ line: z.int(), character: z.int() });

/** A problem as the npm API has it. */
export const PROBLEM = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  pointer: z.string().describe("JSON pointer to the value; empty for the document."),
  range: z.strictObject({ start: POSITION, end: POSITION }).describe("Zero-based, in UTF-16 code units."),
});

/** What a server does with a document. An agent pays for each word, so that what is in order is not listed. */
export const SERVER_RESULT = z.strictObject({
  server: z.string(),
  sum: z.enum(SUMS).describe("What it comes to for the client's users."),
  reasons: z
    .array(
      z.strictObject({
        stage: z.enum(["fetch", "document", "authorize", "token"]),
        effect: z.enum(["blocks", "limits"]),
        rule: z.string(),
        message: z.string().describe("The server's own words where they are known."),
        pointer: z.string().optional(),
      }),
    )
    .optional(),
  signIn: z
    .array(z.strictObject({ entry: z.string(), outcome: z.enum(["limited", "never", "unknown"]) }))
    .optional()
    .describe("Redirect entries by which not every sign-in works."),
});

/** A verdict in the shape of {@link SERVER_RESULT}. */
export function serverResult(verdict: Verdict): object {
  const reasons = verdict.reasons.filter(({ effect }) => effect !== "note");
  const signIn = verdict.signIn.filter(({ outcome }) => outcome !== "works");
  return {
    server: verdict.server,
    sum: sumOf(verdict),
    ...(reasons.length > 0 ? { reasons } : {}),
    // Where the document is refused, no entry works.
    ...(verdict.verdict !== "refuses" && signIn.length > 0 ? { signIn } : {}),
  };
}
