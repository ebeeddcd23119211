import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { removeItem } from "../edits.js";
import type { Fix } from "../rule.js";
import { GOOD_EC, GOOD_OKP, keySet } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import { keyArray } from "./keySet.js";
import { knownKey } from "./knownKeys.js";
import { hasPrivateMember } from "./private-key.js";

export const knownKeyRule = keyRule({
  id: "jwks/known-key",
  severity: "error",
  title: "The keys are the client's own",
  why: "A key that was copied from a specification or a web page is not the client's: mostly everybody has its private half and can act as the client, and otherwise the client has none.",
  sources: [rfc(7517, "9.2")],
  bad: [
    keySet(
      '{"kty": "EC", "crv": "P-256", "x": «"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"», "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}',
    ),
    keySet(
      '{"kty": "EC", "crv": "P-256", "kid": "1", "x": «"ySK38C1jBdLwDsNWKzzBHqKYEE5Cgv-qjWvorUXk9fw"», "y": "_LeQBw07cf5t57Iavn4j-BqJsAD1dpoz8gokd3sBsOo"}',
      GOOD_OKP.replace("{", '{"kid": "2", '),
    ),
  ],
  good: [keySet(GOOD_EC)],
  test(key) {
    // Of a private key, that it is published is all there is to say.
    const { known, member } = (hasPrivateMember(key) ? undefined : knownKey(key)) ?? {};
    if (!known || !member) return undefined;
    const { label } = known.source;
    return {
      member,
      message: known.pair
        ? say`This is the example key of ${label}, and its private half is published there: anybody can sign as this client. Make a key pair of your own (CIMD: Add a Key for private_key_jwt…).`
        : say`This is the example key of ${label}, so you do not have its private half and cannot sign with it. Make a key pair of your own (CIMD: Add a Key for private_key_jwt…).`,
    };
  },
  fix(key, document): readonly Fix[] {
    const items = keyArray(document)?.items ?? [];
    return items.length > 1
      ? [{ title: say`Delete the key`, edits: [removeItem(document, items, key.node)], preferred: true }]
      : [];
  },
});
