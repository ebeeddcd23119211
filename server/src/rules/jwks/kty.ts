import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { GOOD_EC, keySet, X, Y } from "./examples.js";
import { keyRule } from "./jwkRule.js";

/** Types of public keys (RFC 7518 §6.1, RFC 8037 §2). */
export const KEY_TYPES: ReadonlySet<string> = new Set(["EC", "RSA", "OKP", "AKP"]);

export const kty = keyRule({
  id: "jwks/kty",
  severity: "error",
  title: "Every key says what kind of key it is",
  why: "Without kty nobody can read the rest of the key; keys of an unknown kind are ignored.",
  sources: [rfc(7517, "4.1"), rfc(7518, "6.1")],
  bad: [keySet('«{»"crv": "P-256"}'), keySet(`{"kty": «"ec"», "crv": "P-256", "x": "${X}", "y": "${Y}"}`)],
  good: [keySet(GOOD_EC)],
  test(key) {
    if (key.symmetric) return undefined;
    const kty = key.kty;
    if (!kty)
      return {
        member: "kty",
        message: say`Every key must have \`kty\`, the kind of key (RFC 7517 §4.1). Add EC, RSA or OKP.`,
      };
    if (KEY_TYPES.has(kty)) return undefined;
    return {
      member: "kty",
      severity: "warning",
      message: say`\`${kty.slice(0, 40)}\` is no kind of key that is registered (RFC 7518 §6.1), so servers ignore the key. Use EC, RSA or OKP.`,
    };
  },
});
