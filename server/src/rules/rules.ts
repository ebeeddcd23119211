import { applicationTypeRules } from "./application-type/applicationType.js";
import { atprotoMemberRules, atprotoServerRules } from "./atproto/members.js";
import { atprotoRedirectRules } from "./atproto/redirects.js";
import { methodRules } from "./auth-method/method.js";
import { authSigningAlgRules } from "./auth-signing-alg/algorithm.js";
import { homographRules } from "./client-id/homograph.js";
import { hostRules } from "./client-id/host.js";
import { operatorAllowlist } from "./client-id/operatorAllowlist.js";
import { partRules } from "./client-id/parts.js";
import * as clientIdPresence from "./client-id/presence.js";
import { spellingRules as clientIdSpelling } from "./client-id/spelling.js";
import { characterRules } from "./client-name/characters.js";
import * as clientName from "./client-name/presence.js";
import { wordingRules } from "./client-name/wording.js";
import { clientUriRules } from "./client-uri/clientUri.js";
import { contactRules } from "./contacts/contacts.js";
import * as shape from "./document/shape.js";
import { syntaxRules } from "./document/syntax.js";
import * as text from "./document/text.js";
import { correspondenceRules } from "./grant-types/correspondence.js";
import { grantValueRules } from "./grant-types/values.js";
import { languageTagRules, nameBaseMissing } from "./i18n/tags.js";
import { jwksRules } from "./jwks/keySetRules.js";
import { jwksUriRules } from "./jwks-uri/url.js";
import { logoRules } from "./logo-uri/logoUri.js";
import { logoutRules } from "./logout/logout.js";
import { memberTypeRules } from "./memberTypes.js";
import { oidcAlgorithmRules } from "./oidc/algorithms.js";
import { oidcMemberRules, openidFamilyRules } from "./oidc/members.js";
import { destinationRules } from "./redirect-uris/destination.js";
import { entryRules } from "./redirect-uris/entry.js";
import { listRules } from "./redirect-uris/list.js";
import { loopbackRules } from "./redirect-uris/loopback.js";
import { privateUseRules } from "./redirect-uris/privateUse.js";
import { spellingRules as redirectSpelling } from "./redirect-uris/spelling.js";
import { wildcardRules } from "./redirect-uris/wildcards.js";
import { responseTypeRules } from "./response-types/values.js";
import type { Rule } from "./rule.js";
import { scopeRules } from "./scope/scope.js";
import { secretRules } from "./secret/secrets.js";
import { securityProfileRules } from "./security-profiles/flags.js";
import { softwareRules } from "./software/software.js";
import { foreignRules } from "./unknown-field/foreign.js";
import { spellingRules } from "./unknown-field/spelling.js";
import { uriRules } from "./uri/uris.js";

/** The catalogue, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  ...syntaxRules,
  text.encoding,
  shape.notObject,
  text.duplicateKey,
  text.size,
  shape.nullValue,
  text.emptyString,
  shape.wrongType,
  text.placeholder,
  shape.refusedByAll,
  text.outerSpace,
  clientIdPresence.missing,
  clientIdPresence.type,
  clientIdPresence.absoluteUrl,
  clientIdPresence.urlMismatch,
  ...partRules,
  ...clientIdSpelling,
  ...hostRules,
  operatorAllowlist,
  ...homographRules,
  clientName.missing,
  clientName.empty,
  clientName.otherCharacters,
  ...characterRules,
  ...wordingRules,
  nameBaseMissing,
  ...uriRules,
  ...clientUriRules,
  ...logoRules,
  ...listRules,
  ...entryRules,
  ...wildcardRules,
  ...loopbackRules,
  ...privateUseRules,
  ...redirectSpelling,
  ...destinationRules,
  ...applicationTypeRules,
  ...methodRules,
  ...authSigningAlgRules,
  ...jwksRules,
  ...jwksUriRules,
  ...grantValueRules,
  ...correspondenceRules,
  ...responseTypeRules,
  ...scopeRules,
  ...contactRules,
  ...softwareRules,
  ...secretRules,
  ...languageTagRules,
  ...logoutRules,
  ...spellingRules,
  ...foreignRules,
  ...oidcMemberRules,
  ...oidcAlgorithmRules,
  ...openidFamilyRules,
  ...securityProfileRules,
  ...memberTypeRules,
  ...atprotoMemberRules,
  ...atprotoRedirectRules,
  ...atprotoServerRules,
];

/** What is looked at of a document that no known server reads because of its size. */
export const RULES_FOR_TOO_LARGE: readonly Rule[] = [...syntaxRules, text.size];

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
