import type { Rule } from "../rule.js";
import { authMethodExplicit } from "./auth-method-explicit.js";
import { authSigningAlg } from "./auth-signing-alg.js";
import { clientIdHost, clientIdPath, clientIdPort } from "./client-id.js";
import { clientUri } from "./client-uri.js";
import { dpop } from "./dpop.js";
import { grantTypes } from "./grant-types.js";
import { keys } from "./keys.js";
import { localhostClient } from "./localhost-client.js";
import { nativeConfidential } from "./native-confidential.js";
import { openid } from "./openid.js";
import {
  redirectCredentials,
  redirectLoopback,
  redirectNativeHttps,
  redirectNativeScheme,
  redirectWeb,
} from "./redirect.js";
import { responseTypes } from "./response-types.js";
import { scope, scopeGrammar, scopeTransition } from "./scope.js";
import { subjectType } from "./subject-type.js";
import { urisHttps } from "./uris-https.js";

/** The rules `atproto/…`, in the order of the documentation. */
export const atprotoRules: readonly Rule[] = [
  clientIdPort,
  grantTypes,
  responseTypes,
  scope,
  scopeGrammar,
  scopeTransition,
  dpop,
  clientUri,
  urisHttps,
  redirectWeb,
  redirectNativeScheme,
  redirectNativeHttps,
  redirectLoopback,
  clientIdHost,
  clientIdPath,
  localhostClient,
  authMethodExplicit,
  authSigningAlg,
  keys,
  openid,
  subjectType,
  nativeConfidential,
  redirectCredentials,
];
