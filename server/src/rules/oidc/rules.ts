import type { Rule } from "../rule.js";
import { defaultAcrValues } from "./default-acr-values.js";
import { defaultMaxAge } from "./default-max-age.js";
import { encWithoutAlg } from "./enc-without-alg.js";
import { hsAlg } from "./hs-alg.js";
import { idTokenAlg, idTokenAlgNone } from "./id-token.js";
import { initiateLoginUri } from "./initiate-login-uri.js";
import { requestObjectAlg } from "./request-object-alg.js";
import { requestUris } from "./request-uris.js";
import { sectorIdentifier } from "./sector-identifier.js";
import { singularPlural } from "./singular-plural.js";
import { subjectType } from "./subject-type.js";

/** The rules `oidc/…`, in the order of the documentation. */
export const oidcRules: readonly Rule[] = [
  subjectType,
  sectorIdentifier,
  defaultMaxAge,
  defaultAcrValues,
  initiateLoginUri,
  requestUris,
  singularPlural,
  hsAlg,
  encWithoutAlg,
  idTokenAlgNone,
  idTokenAlg,
  requestObjectAlg,
];
