import * as z from "zod/mini";
import { FetchLogoResult } from "../../../server/src/lsp/protocol.js";
import { ConsentChoices, ConsentView, FLOW_STEPS } from "../../../server/src/views/consent/consentView.js";
import { ReportView } from "../report/reportView.js";

/**
 * What the pages of the preview and the hosted report, and the extension, say to each other. Both check what they get with these shapes. The page
 * never sends a URL or a place: it names a row of what it was shown, and the extension looks it up.
 */

const MAX_URI = 8192;
const index = z.int().check(z.minimum(0), z.maximum(1000));

/** Kept by VS Code over a reload: which document, and what was chosen. */
export const PreviewState = z.object({
  uri: z.string().check(z.maxLength(MAX_URI)),
  choices: ConsentChoices,
  locked: z.boolean(),
});
export type PreviewState = z.infer<typeof PreviewState>;

export const FromPage = z.discriminatedUnion("type", [
  /** The page can draw now. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("choose"), choices: ConsentChoices }),
  /** Jump to what is broken. */
  z.object({ type: z.literal("revealBroken") }),
  /** Jump to a problem of a step. */
  z.object({ type: z.literal("revealProblem"), step: z.enum(FLOW_STEPS), index }),
  z.object({ type: z.literal("openEvidence"), index }),
  z.object({ type: z.literal("validateHosted") }),
  z.object({ type: z.literal("toggleLock") }),
  z.object({ type: z.literal("exportHtml") }),
  z.object({ type: z.literal("showLogo") }),
  /** Of the report panel. */
  z.object({ type: z.literal("showRun"), run: z.int() }),
  z.object({ type: z.literal("runAgain") }),
  z.object({ type: z.literal("checkExtras") }),
  z.object({ type: z.literal("copyMarkdown") }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** What the page draws. */
export const Frame = z.object({
  /** File name, for the heading. */
  documentName: z.string(),
  locked: z.boolean(),
  view: ConsentView,
  /** Absent until the person asks for the logo. */
  logo: z.optional(z.union([z.object({ state: z.literal("loading") }), FetchLogoResult])),
});
export type Frame = z.infer<typeof Frame>;

export const ToPage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("frame"), frame: Frame, state: PreviewState }),
  z.object({ type: z.literal("report"), view: ReportView }),
  /** There is nothing to draw; the sentence says why. */
  z.object({ type: z.literal("nothing"), reason: z.string() }),
]);
export type ToPage = z.infer<typeof ToPage>;
