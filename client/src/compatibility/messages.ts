import * as z from "zod/mini";
import {
  CompatibilityView,
  Group,
  QUESTIONS,
} from "../../../server/src/views/compatibility/compatibilityView.js";

/**
 * What the page of the compatibility view and the extension say to each other. Both check what they get with these shapes.
 * The page never sends a URL, a place or a rule: it names a part of what it was shown, and the extension looks it up.
 */

const MAX_URI = 8192;
const MAX_FILTER = 200;
const index = z.int().check(z.minimum(0), z.maximum(1000));
const server = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));

/** What the person chose to see. */
export const CompatibilityChoices = z.object({
  /** Words that a server's row has to have. */
  filter: z.string().check(z.maxLength(MAX_FILTER)),
  /** Only the target servers of the settings, where there are any. */
  targetsOnly: z.boolean(),
  /** Servers whose reasons are open. */
  expanded: z.array(server).check(z.maxLength(200)),
  /** Groups that are closed. */
  collapsed: z.array(Group).check(z.maxLength(10)),
  /** How far the page is scrolled, in CSS pixels. */
  scroll: z.int().check(z.minimum(0), z.maximum(1_000_000)),
});
export type CompatibilityChoices = z.infer<typeof CompatibilityChoices>;

export const FIRST_CHOICES: CompatibilityChoices = {
  filter: "",
  targetsOnly: true,
  expanded: [],
  collapsed: [],
  scroll: 0,
};

/** Kept by VS Code over a reload: which document, and what was chosen. */
export const CompatibilityState = z.object({
  uri: z.string().check(z.maxLength(MAX_URI)),
  locked: z.boolean(),
  choices: CompatibilityChoices,
});
export type CompatibilityState = z.infer<typeof CompatibilityState>;

/** One sentence of a cell. */
const sentence = { server, question: z.enum(QUESTIONS), index };

export const FromPage = z.discriminatedUnion("type", [
  /** The page can draw now. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("choose"), choices: CompatibilityChoices }),
  /** Jump to what is broken. */
  z.object({ type: z.literal("revealBroken") }),
  /** Jump to what a sentence is about. */
  z.object({ type: z.literal("reveal"), ...sentence }),
  /** Explain the rule that a sentence belongs to. */
  z.object({ type: z.literal("explainRule"), ...sentence }),
  z.object({ type: z.literal("openEvidence"), server, index }),
  /** Make a server a target of the settings, or no longer. */
  z.object({ type: z.literal("setTarget"), server, target: z.boolean() }),
  z.object({ type: z.literal("testRedirectUri") }),
  z.object({ type: z.literal("toggleLock") }),
  z.object({ type: z.literal("copyMarkdown") }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** What the page draws. */
export const Frame = z.object({
  /** File name, for the heading. */
  documentName: z.string(),
  view: CompatibilityView,
});
export type Frame = z.infer<typeof Frame>;

export const ToPage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("frame"), frame: Frame, state: CompatibilityState }),
  /** There is nothing to draw; the sentence says why. */
  z.object({ type: z.literal("nothing"), reason: z.string() }),
]);
export type ToPage = z.infer<typeof ToPage>;
