import type { Rule } from "../rule.js";
import { clientCredentialsPublic } from "./client-credentials-public.js";
import { codeMismatch } from "./code-mismatch.js";
import { duplicate } from "./duplicate.js";
import { extra } from "./extra.js";
import { implicit, implicitMismatch } from "./implicit.js";
import { missing } from "./missing.js";
import { noRefresh } from "./no-refresh.js";
import { offlineAccess } from "./offline-access.js";
import { password } from "./password.js";
import { refreshOnly } from "./refresh-only.js";
import { type } from "./type.js";
import { unknown } from "./unknown.js";

/** The rules `grant-types/…`, in the order of the documentation. */
export const grantTypeRules: readonly Rule[] = [
  unknown,
  type,
  noRefresh,
  offlineAccess,
  refreshOnly,
  implicit,
  password,
  clientCredentialsPublic,
  extra,
  missing,
  duplicate,
  codeMismatch,
  implicitMismatch,
];
