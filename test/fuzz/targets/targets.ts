import { check } from "./check.js";
import { consent } from "./consent.js";
import { create } from "./create.js";
import { features } from "./features.js";
import { fixes } from "./fixes.js";
import { format } from "./format.js";
import { hosted } from "./hosted.js";
import { keys } from "./keys.js";
import { redirects } from "./redirects.js";
import { settings } from "./settings.js";
import type { FuzzTarget } from "./target.js";
import { urls } from "./urls.js";

/** Everything that is fuzzed. */
export const TARGETS: readonly FuzzTarget[] = [
  check,
  fixes,
  format,
  features,
  redirects,
  urls,
  keys,
  create,
  consent,
  settings,
  hosted,
];
