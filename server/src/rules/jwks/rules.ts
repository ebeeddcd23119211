import type { Rule } from "../rule.js";
import { alg, algMissing } from "./alg.js";
import { both } from "./both.js";
import { crv } from "./crv.js";
import { ecMembers } from "./ec-members.js";
import { empty } from "./empty.js";
import { inline } from "./inline.js";
import { kidDuplicate, kidMissing } from "./kid.js";
import { knownKeyRule } from "./known-key.js";
import { kty } from "./kty.js";
import { pemPrivate } from "./pem-private.js";
import { privateKey } from "./private-key.js";
import { rsaMembers, rsaSize } from "./rsa.js";
import { shape } from "./shape.js";
import { symmetricKey } from "./symmetric-key.js";
import { use, useKeyOps } from "./use.js";
import { x5u } from "./x5u.js";

/** The rules `jwks/…`, in the order of the documentation. */
export const jwksRules: readonly Rule[] = [
  privateKey,
  symmetricKey,
  pemPrivate,
  knownKeyRule,
  both,
  shape,
  empty,
  kty,
  crv,
  ecMembers,
  rsaMembers,
  rsaSize,
  alg,
  use,
  useKeyOps,
  algMissing,
  kidMissing,
  x5u,
  kidDuplicate,
  inline,
];
