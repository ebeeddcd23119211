import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { removeItem } from "../edits.js";
import type { Fix } from "../rule.js";
import { METHOD, PUBLIC_EC } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import { keyArray } from "./keySet.js";

export const symmetricKey = keyRule({
  id: "jwks/symmetric-key",
  severity: "error",
  title: "The key set holds no shared secret",
  why: "A symmetric key is a secret that both sides use; published in the document it is no secret.",
  sources: [cimd("4.1"), rfc(7518, "6.4")],
  bad: [
    `${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}, "kid": "1"}, {"kty": "oct", "kid": "2", "k": «"GawgguFyGrWKav7AX4VKUg"»}]}`,
    `${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}, "kid": "1"}, {"kty": «"oct"», "kid": "2"}]}`,
  ],
  good: [`${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}}]}`],
  test: (key) =>
    key.symmetric
      ? {
          member: key.member("k") ? "k" : "kty",
          message: say`A symmetric key is a shared secret, and the document is public (CIMD draft-03 §4.1): the key is compromised. Publish the public half of a key pair instead.`,
        }
      : undefined,
  fix(key, document): readonly Fix[] {
    const items = keyArray(document)?.items ?? [];
    return items.length > 1
      ? [{ title: say`Delete the key`, edits: [removeItem(document, items, key.node)], preferred: true }]
      : [];
  },
});
