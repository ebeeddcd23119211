import * as z from "zod/mini";
import { CompatibilityView } from "../views/compatibility/compatibilityView.js";

/** `cimd/compatibility`: what every known server makes of a text; the answer is a `CompatibilityView`. */
export const COMPATIBILITY = "cimd/compatibility";
export const CompatibilityParams = z.object({
  /** Whose settings count. */
  uri: z.string(),
  /** The text as the editor has it now, so that no answer depends on when edits arrive. */
  text: z.string(),
});
export type CompatibilityParams = z.infer<typeof CompatibilityParams>;
export { CompatibilityView };
