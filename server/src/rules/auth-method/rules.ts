import type { Rule } from "../rule.js";
import { arrayEmpty } from "./array-empty.js";
import { caseRule } from "./case.js";
import { duplicate } from "./duplicate.js";
import { keysWithoutMethod } from "./keys-without-method.js";
import { missing, missingArray, missingSingular } from "./missing.js";
import { mtls, mtlsSupport } from "./mtls.js";
import { notInArray } from "./not-in-array.js";
import { privateKeyJwtNoKeys, privateKeyJwtSupport } from "./private-key-jwt.js";
import { publicNative } from "./public-native.js";
import { sharedSecret, sharedSecretSupported } from "./shared-secret.js";
import { unknown } from "./unknown.js";

/** The rules `auth-method/…`, in the order of the documentation. */
export const authMethodRules: readonly Rule[] = [
  sharedSecret,
  sharedSecretSupported,
  unknown,
  caseRule,
  missing,
  missingSingular,
  missingArray,
  notInArray,
  arrayEmpty,
  duplicate,
  privateKeyJwtNoKeys,
  keysWithoutMethod,
  mtls,
  mtlsSupport,
  privateKeyJwtSupport,
  publicNative,
];
