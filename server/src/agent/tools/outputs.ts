import * as z from "zod";
import { SEVERITIES } from "../../rules/problem.js";
import { SUMS } from "../../views/compatibility/summary.js";

const POSITION = z.strictObject({ line: z.int(), character: z.int() });

/** A problem as the npm API has it. */
export const PROBLEM = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  pointer: z.string().describe("JSON pointer to the value; empty for the document."),
  range: z.strictObject({ start: POSITION, end: POSITION }).describe("Zero-based, in UTF-16 code units."),
});

/** A verdict as the npm API has it. */
export const VERDICT = z.strictObject({
  server: z.string(),
  version: z.string(),
  verdict: z.enum(["accepts", "refuses", "unknown"]).describe("Whether the server loads the document."),
  reasons: z.array(
    z.strictObject({
      stage: z.enum(["fetch", "document", "authorize", "token"]),
      effect: z.enum(["blocks", "limits", "note"]),
      rule: z.string(),
      message: z.string(),
      pointer: z.string().optional(),
    }),
  ),
  signIn: z.array(
    z.strictObject({ entry: z.string(), outcome: z.enum(["works", "limited", "never", "unknown"]) }),
  ),
  omitted: z.strictObject({ reasons: z.int(), signIn: z.int() }).optional(),
});

/** What a server comes to for the people who use the client, in one word. */
export const SUM = z.enum(SUMS);
