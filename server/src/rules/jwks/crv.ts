import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { curvesOf } from "./curves.js";
import { GOOD_EC, GOOD_OKP, keySet, X, Y } from "./examples.js";
import { keyRule } from "./jwkRule.js";

export const crv = keyRule({
  id: "jwks/crv",
  severity: "error",
  title: "The curve of a key is known",
  why: "Coordinates mean nothing without their curve, and a server ignores a curve that it does not know.",
  sources: [rfc(7518, "6.2.1.1"), rfc(8037, "2"), rfc(8812, "3.1")],
  bad: [
    keySet(`«{»"kty": "EC", "x": "${X}", "y": "${Y}"}`),
    keySet(`{"kty": "EC", "crv": «"p256"», "x": "${X}", "y": "${Y}"}`),
  ],
  good: [keySet(GOOD_EC), keySet(GOOD_OKP)],
  test(key) {
    const curves = curvesOf(key);
    if (!curves) return undefined;
    const crv = key.text("crv");
    if (!crv)
      return {
        member: "crv",
        message: say`Every ${key.kty} key must have \`crv\`, its curve (RFC 7518 §6.2.1.1, RFC 8037 §2). Add the curve's name.`,
      };
    if (curves.has(crv)) return undefined;
    return {
      member: "crv",
      severity: "warning",
      message: say`\`${crv.slice(0, 40)}\` is no curve of ${key.kty} keys that is registered, so servers ignore the key. Use ${[...curves.keys()][0]}, for example.`,
    };
  },
});
