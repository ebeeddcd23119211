import { applicationTypeRules } from "./application-type/application-type.js";
import { atprotoRules } from "./atproto/rules.js";
import { authMethodRules } from "./auth-method/rules.js";
import { sharedSecretStatement as authMethodSharedSecretStatement } from "./auth-method/shared-secret.js";
import { type as authMethodType } from "./auth-method/type.js";
import { authSigningAlgRules } from "./auth-signing-alg/auth-signing-alg.js";
import { cibaRules } from "./ciba/ciba.js";
import { clientIdRules } from "./client-id/rules.js";
import { clientNameRules } from "./client-name/rules.js";
import { clientUriRules } from "./client-uri/client-uri.js";
import { contactRules, type as contactsType } from "./contacts/contacts.js";
import { documentRules, syntaxRules } from "./document/rules.js";
import { size } from "./document/size.js";
import { flagType as dpopFlagType } from "./dpop/dpop.js";
import { grantTypeRules } from "./grant-types/rules.js";
import { languageTagRules } from "./i18n/i18n.js";
import { flag as jarFlag } from "./jar/jar.js";
import { jwksRules } from "./jwks/rules.js";
import { jwksUriRules } from "./jwks-uri/jwks-uri.js";
import { logoRules } from "./logo-uri/logo-uri.js";
import { logoutRules } from "./logout/logout.js";
import { boundFlag as mtlsBoundFlag } from "./mtls/mtls.js";
import { oidcRules } from "./oidc/rules.js";
import { types as rarTypes } from "./rar/rar.js";
import { redirectUriRules } from "./redirect-uris/rules.js";
import { unknown as responseModesUnknown } from "./response-modes/response-modes.js";
import { responseTypeRules, type as responseTypesType } from "./response-types/response-types.js";
import type { Rule } from "./rule.js";
import { arrayMember as scopeArrayMember, scopeRules, type as scopeType } from "./scope/scope.js";
import { secretRules } from "./secret/secret.js";
import { https as signedJwksUriHttps } from "./signed-jwks-uri/signed-jwks-uri.js";
import { shape as softwareIdShape } from "./software-id/software-id.js";
import {
  precedence as softwareStatementPrecedence,
  softwareStatementRules,
} from "./software-statement/software-statement.js";
import { withoutId as softwareVersionWithoutId } from "./software-version/software-version.js";
import { solidRules } from "./solid/rules.js";
import { unknownFieldRules } from "./unknown-field/rules.js";
import { uriRules } from "./uri/uri.js";

/** The catalogue, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  ...documentRules,
  ...clientIdRules,
  ...clientNameRules,
  ...uriRules,
  ...clientUriRules,
  ...logoRules,
  ...redirectUriRules,
  ...applicationTypeRules,
  ...authMethodRules,
  ...authSigningAlgRules,
  ...jwksRules,
  ...jwksUriRules,
  ...grantTypeRules,
  ...responseTypeRules,
  responseModesUnknown,
  ...scopeRules,
  ...contactRules,
  softwareIdShape,
  softwareVersionWithoutId,
  ...softwareStatementRules,
  authMethodSharedSecretStatement,
  softwareStatementPrecedence,
  ...secretRules,
  ...languageTagRules,
  ...logoutRules,
  ...unknownFieldRules,
  scopeArrayMember,
  ...oidcRules,
  ...cibaRules,
  signedJwksUriHttps,
  jarFlag,
  mtlsBoundFlag,
  rarTypes,
  authMethodType,
  responseTypesType,
  scopeType,
  contactsType,
  dpopFlagType,
  ...atprotoRules,
  ...solidRules,
];

/** What is looked at of a document that no known server reads because of its size. */
export const RULES_FOR_TOO_LARGE: readonly Rule[] = [...syntaxRules, size];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

const alike = new Map<string, string[]>();
for (const { id, sameAs = [] } of RULES) {
  for (const other of sameAs) {
    alike.set(id, [...(alike.get(id) ?? []), other]);
    alike.set(other, [...(alike.get(other) ?? []), id]);
  }
}

/** The rules that speak of the same cause as this one, in either direction ({@link Rule.sameAs}); itself not among them. */
export function rulesLike(id: string): readonly string[] {
  return alike.get(id) ?? [];
}

/** @returns the rule with this id, or undefined */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
