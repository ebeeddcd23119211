import { applicationTypeRules } from "./applicationType/applicationType.js";
import { methodRules } from "./authMethod/method.js";
import { authSigningAlgRules } from "./authSigningAlg/algorithm.js";
import { homographRules } from "./clientId/homograph.js";
import { hostRules } from "./clientId/host.js";
import { partRules } from "./clientId/parts.js";
import * as clientIdPresence from "./clientId/presence.js";
import { spellingRules as clientIdSpelling } from "./clientId/spelling.js";
import { characterRules } from "./clientName/characters.js";
import * as clientName from "./clientName/presence.js";
import { wordingRules } from "./clientName/wording.js";
import { clientUriRules } from "./clientUri/clientUri.js";
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
  ...homographRules,
  clientName.missing,
  clientName.empty,
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
  ...secretRules,
  ...languageTagRules,
  ...logoutRules,
  ...spellingRules,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** @returns the rule with this id, or undefined */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
