import type { Rule } from "../rule.js";
import { context } from "./context.js";
import { webid } from "./webid.js";

/** The rules `solid/…`, in the order of the documentation. */
export const solidRules: readonly Rule[] = [context, webid];
