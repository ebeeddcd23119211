import * as z from "zod/mini";

/**
 * The rehearsal of a sign-in with an open document. It runs in the language server, follows the text as it is typed, and
 * ends with Stop, with the document, or with the language server. There is one at a time.
 */

const MAX_NAME = 200;

/** `cimd/startRehearsal`: listens for the person's client; a rehearsal that runs already is ended before. */
export const START_REHEARSAL = "cimd/startRehearsal";
export const StartRehearsalParams = z.object({
  /** The open document that is rehearsed. */
  uri: z.string(),
  /** The authorization server to answer as, or `specification`. */
  server: z.string().check(z.maxLength(MAX_NAME)),
  /** The port of the last time, which is tried first. */
  port: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  /** What `cimd/rehearsalEvent` notifications carry, so that the client knows its own. */
  token: z.string().check(z.maxLength(MAX_NAME)),
});
export type StartRehearsalParams = z.infer<typeof StartRehearsalParams>;

/** The servers that can be chosen: those of the consent preview, whose screens the rehearsal shows. */
const servers = z.array(z.object({ id: z.string(), name: z.string() }));

export const StartRehearsalResult = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("started"),
    servers,
    /** What the client is given. */
    address: z.string(),
    port: z.int(),
  }),
  z.object({ state: z.literal("refused"), servers, reason: z.string() }),
]);
export type StartRehearsalResult = z.infer<typeof StartRehearsalResult>;

/** `cimd/stopRehearsal`: ends the rehearsal with that token; nothing happens where it has ended. */
export const STOP_REHEARSAL = "cimd/stopRehearsal";
export const StopRehearsalParams = z.object({ token: z.string() });
export type StopRehearsalParams = z.infer<typeof StopRehearsalParams>;

/** One request of the client, and what was right and wrong in it. */
export const RehearsalStepShape = z.object({
  /** A heading of one to four words. */
  title: z.string(),
  outcome: z.enum(["passed", "failed", "warning", "note"]),
  sentence: z.string(),
  detail: z.array(z.string()),
  /** Milliseconds since the rehearsal started. */
  at: z.number(),
});
export type RehearsalStepShape = z.infer<typeof RehearsalStepShape>;

/** `cimd/rehearsalEvent`: what happens in a rehearsal, as it happens. */
export const REHEARSAL_EVENT = "cimd/rehearsalEvent";
export const RehearsalEvent = z.object({
  token: z.string(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("step"), step: RehearsalStepShape }),
    /** A token was issued and used: the first whole sign-in. */
    z.object({ type: z.literal("signedIn") }),
    /** It ended without having been told to. */
    z.object({ type: z.literal("ended"), reason: z.string() }),
  ]),
});
export type RehearsalEvent = z.infer<typeof RehearsalEvent>;
