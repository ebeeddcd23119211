import * as z from "zod/mini";
import { RehearsalStepShape } from "../../../server/src/lsp/rehearsalProtocol.js";

/** What the page of the rehearsal and the extension say to each other. Both check what they get with these shapes. */

/** What the page draws. */
export const RehearsalView = z.object({
  /** File name, for the heading. */
  documentName: z.string(),
  phase: z.enum(["starting", "running", "ended"]),
  /** Why it ended or did not start; empty where the person ended it. */
  reason: z.string(),
  /** What the client is given; absent until it listens for the first time. */
  address: z.optional(z.string()),
  /** Whether a client has signed in: a token was issued and used. */
  signedIn: z.boolean(),
  /** The authorization server it answers as. */
  server: z.string(),
  servers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Steps that are not shown any more. */
  earlier: z.int(),
  steps: z.array(RehearsalStepShape),
  /** Of a window that works on another machine: its name for the connection. */
  remote: z.optional(z.string()),
});
export type RehearsalView = z.infer<typeof RehearsalView>;

export const ToPage = z.object({ type: z.literal("rehearsal"), view: RehearsalView });
export type ToPage = z.infer<typeof ToPage>;

export const FromPage = z.discriminatedUnion("type", [
  /** The page can draw now. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("copyAddress") }),
  z.object({ type: z.literal("copyConfiguration") }),
  z.object({ type: z.literal("stop") }),
  z.object({ type: z.literal("startAgain") }),
  z.object({ type: z.literal("clear") }),
  /** Answer as another authorization server. */
  z.object({ type: z.literal("chooseServer"), server: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)) }),
]);
export type FromPage = z.infer<typeof FromPage>;
