import type { Rule } from "../rule.js";
import { asMetadata } from "./as-metadata.js";
import { camelCase } from "./camel-case.js";
import { clientIdExpiresAt } from "./client-id-expires-at.js";
import { info } from "./info.js";
import { prm } from "./prm.js";
import { refused } from "./refused.js";
import { typo } from "./typo.js";

/** The rules `unknown-field/…`, in the order of the documentation. */
export const unknownFieldRules: readonly Rule[] = [
  typo,
  camelCase,
  refused,
  asMetadata,
  prm,
  info,
  clientIdExpiresAt,
];
