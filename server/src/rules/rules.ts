import { applicationTypeRules } from "./applicationType/applicationType.js";
import { atprotoMemberRules, atprotoServerRules } from "./atproto/members.js";
import { atprotoRedirectRules } from "./atproto/redirects.js";
import { methodRules } from "./authMethod/method.js";
import { authSigningAlgRules } from "./authSigningAlg/algorithm.js";
import { homographRules } from "./clientId/homograph.js";
import { hostRules } from "./clientId/host.js";
import { operatorAllowlist } from "./clientId/operatorAllowlist.js";
import { partRules } from "./clientId/parts.js";
import * as clientIdPresence from "./clientId/presence.js";
import { spellingRules as clientIdSpelling } from "./clientId/spelling.js";
import { characterRules } from "./clientName/characters.js";
import * as clientName from "./clientName/presence.js";
import { wordingRules } from "./clientName/wording.js";
import { clientUriRules } from "./clientUri/clientUri.js";
import { contactRules } from "./contacts/contacts.js";
import * as shape from "./document/shape.js";
import { syntaxRules } from "./document/syntax.js";
import * as text from "./document/text.js";
import { correspondenceRules } from "./grantTypes/correspondence.js";
import { grantValueRules } from "./grantTypes/values.js";
import { languageTagRules, nameBaseMissing } from "./i18n/tags.js";
import { jwksRules } from "./jwks/keySetRules.js";
import { jwksUriRules } from "./jwksUri/url.js";
import { logoRules } from "./logoUri/logoUri.js";
import { logoutRules } from "./logout/logout.js";
import { memberTypeRules } from "./memberTypes.js";
import { oidcAlgorithmRules } from "./oidc/algorithms.js";
import { oidcMemberRules, openidFamilyRules } from "./oidc/members.js";
import { destinationRules } from "./redirectUris/destination.js";
import { entryRules } from "./redirectUris/entry.js";
import { listRules } from "./redirectUris/list.js";
import { loopbackRules } from "./redirectUris/loopback.js";
import { privateUseRules } from "./redirectUris/privateUse.js";
import { spellingRules as redirectSpelling } from "./redirectUris/spelling.js";
import { wildcardRules } from "./redirectUris/wildcards.js";
import { responseTypeRules } from "./responseTypes/values.js";
import type { Rule } from "./rule.js";
import { scopeRules } from "./scope/scope.js";
import { secretRules } from "./secret/secrets.js";
import { securityProfileRules } from "./securityProfiles/flags.js";
import { softwareRules } from "./software/software.js";
import { foreignRules } from "./unknownField/foreign.js";
import { spellingRules } from "./unknownField/spelling.js";
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
