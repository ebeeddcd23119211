import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { GRANT_TYPES } from "../../metadata/rfc7591.js";
import { rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { closest } from "../closest.js";
import { defineRule } from "../rule.js";
import { CODE, replaceGrant } from "./grants.js";

const NAMES: readonly string[] = GRANT_TYPES.map(({ value }) => value);

const URN = "urn:ietf:params:oauth:grant-type:";

/** What people write for a grant that has another name. */
const ALIASES = table<string>({
  code: CODE,
  auth_code: CODE,
  authorization: CODE,
  pkce: CODE,
  refresh: "refresh_token",
  refresh_tokens: "refresh_token",
  client_credential: "client_credentials",
  device_code: `${URN}device_code`,
  device: `${URN}device_code`,
  device_flow: `${URN}device_code`,
  jwt_bearer: `${URN}jwt-bearer`,
  token_exchange: `${URN}token-exchange`,
  ciba: "urn:openid:params:grant-type:ciba",
});

/** The grant that a word most likely means. */
function meant(value: string): string | undefined {
  const folded = value
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[- ]/g, "_")
    .toLowerCase();
  if (ALIASES.has(folded)) return ALIASES.get(folded);
  return NAMES.includes(folded) ? folded : closest(folded, NAMES, 2);
}

export const unknown = defineRule({
  id: "grant-types/unknown",
  severity: "warning",
  title: "Grant types are registered names or absolute URIs",
  why: "Servers leave out a grant they do not know, or refuse the whole document; a grant of an extension is written as its full URI.",
  sources: [rfc(7591, "2"), rfc(6749, "4.5")],
  bad: [
    '"grant_types": ["authorization_code", "refresh_token", «"device_code"»]',
    '"grant_types": ["authorization_code", «"refreshTokens"», "refresh_token"]',
    '"grant_types": ["authorization_code", "refresh_token", «"magic"»]',
  ],
  good: [
    '"grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"]',
    '"grant_types": ["authorization_code", "refresh_token", "https://acme.dev/grants/magic"]',
  ],
  check(document, report) {
    for (const { index, node } of document.strings("grant_types")) {
      const { value } = node;
      if (NAMES.includes(value) || value.includes(":") || value === "" || value.trim() !== value) continue;
      const guess = meant(value);
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`${JSON.stringify(value.slice(0, 40))} is neither a grant type of OAuth nor an absolute URI (RFC 7591 §2). ${guess ? say`Did you mean ${guess}?` : say`Use a known grant type.`}`,
        data: guess,
      });
    }
  },
  fix: (document, finding) =>
    typeof finding.data === "string" ? replaceGrant(document, finding, finding.data) : [],
});
