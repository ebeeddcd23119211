import type { Rule } from "../rule.js";
import { characters } from "./characters.js";
import { confusable } from "./confusable.js";
import { empty } from "./empty.js";
import { i18nNoDefault } from "./i18n-no-default.js";
import { invisible } from "./invisible.js";
import { length } from "./length.js";
import { looksLikeHost } from "./looks-like-host.js";
import { missing } from "./missing.js";

/** The rules `client-name/…`, in the order of the documentation. */
export const clientNameRules: readonly Rule[] = [
  missing,
  empty,
  characters,
  invisible,
  confusable,
  length,
  looksLikeHost,
  i18nNoDefault,
];
