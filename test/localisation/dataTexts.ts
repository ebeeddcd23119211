import { ADDRESS_KINDS } from "../../server/src/hosted/addresses.js";
import { FIELDS } from "../../server/src/metadata/fields.js";
import { JWK_MEMBERS } from "../../server/src/metadata/jwk.js";
import { KNOWN_SCOPES } from "../../server/src/metadata/scopes.js";
import { DOCUMENT_SNIPPETS, MEMBER_SNIPPETS } from "../../server/src/metadata/snippets.js";
import { RULES } from "../../server/src/rules/rules.js";
import { VIRTUAL_CLIENT } from "../../server/src/servers/atproto/clientIdUrl.js";
import { NOT_A_DOCUMENT_URL } from "../../server/src/servers/better-auth/clientIdUrl.js";
import { SERVERS } from "../../server/src/servers/servers.js";

/** The texts that are data: what `translated` looks up. */
export function dataTexts(): readonly string[] {
  const fields = [...FIELDS, ...JWK_MEMBERS];
  const values = fields.flatMap((field) => field.values ?? []);
  const snippets = [...DOCUMENT_SNIPPETS, ...Object.values(MEMBER_SNIPPETS).flat()];
  return [
    ...RULES.flatMap(({ title, why, portability, stricter }) => [
      title,
      why,
      ...(portability ? [portability.message] : []),
      ...(stricter ? [stricter] : []),
    ]),
    ...ADDRESS_KINDS,
    NOT_A_DOCUMENT_URL,
    VIRTUAL_CLIENT,
    ...SERVERS.flatMap(({ consent }) => (consent?.note ? [consent.note] : [])),
    ...fields.map(({ summary }) => summary),
    ...values.flatMap(({ summary }) => summary ?? []),
    ...KNOWN_SCOPES.map(({ summary }) => summary),
    ...snippets.flatMap(({ label, description }) => [label, description]),
  ];
}
