import { analyse } from "../../../server/src/check/analyse.js";
import { documentWithKey, KeyPlaceError, keySetWithKey } from "../../../server/src/create/addPublicKey.js";
import { keyFacts } from "../../../server/src/languageFeatures/keyFacts.js";
import { keysOf } from "../../../server/src/rules/jwks/keySet.js";
import { type FuzzTarget, holds, parsed } from "./target.js";

const EC =
  '{"kty":"EC","crv":"P-256","kid":"a","use":"sig","alg":"ES256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}';

const PUBLIC_KEY = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };

/** Keys: the text stands where a document has the items of `jwks.keys`. */
export const keys: FuzzTarget = {
  name: "keys",
  holds: "any key is judged, described and added to without a stumble",
  seeds: () => [
    EC,
    `${EC},${EC}`,
    EC.replace('"y"', '"d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI","y"'),
    '{"kty":"RSA","n":"AQAB","e":"AQAB","alg":"RS256","key_ops":["verify"]}',
    '{"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"}',
    '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x5c":["MII="],"x5t#S256":"AA"}',
    '{"kty":"RSA","n":1,"e":[],"kid":{}}',
    "null",
    "",
  ],
  async run(text) {
    const document = `{"client_id":"https://app.acme.dev/c","client_name":"Acme","redirect_uris":["https://app.acme.dev/callback"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[${text}]}}`;
    const failed: string[] = [];
    const analysis = analyse(document, {
      onRuleFailure: ({ rule, error }) => failed.push(`${rule}: ${String(error)}`),
    });
    holds(failed.length === 0, "no rule throws", () => failed.join("\n"));
    if (analysis.document.faults.some(({ kind }) => kind === "too-deep")) return;
    for (const key of keysOf(analysis.document)) await keyFacts(key);
    for (const given of [document, text]) {
      try {
        const withKey = documentWithKey(given, PUBLIC_KEY, "EdDSA", "jwks");
        if (parsed(given)) holds(parsed(withKey) !== undefined, "adding a key leaves JSON", () => withKey);
        const keySet = keySetWithKey(given, PUBLIC_KEY);
        if (parsed(given))
          holds(parsed(keySet) !== undefined, "adding to a key set leaves JSON", () => keySet);
      } catch (error) {
        if (!(error instanceof KeyPlaceError)) throw error;
      }
    }
  },
};
