import { rfc } from "../../specifications/sources.js";
import { badBytes } from "./badBytes.js";
import { curvesOf } from "./curves.js";
import { GOOD_EC, GOOD_OKP, keySet, X, Y } from "./examples.js";
import { keyRule } from "./jwkRule.js";

export const ecMembers = keyRule({
  id: "jwks/ec-members",
  severity: "error",
  title: "Elliptic-curve keys have coordinates of the right length",
  why: "A coordinate that is missing, cut off or in another encoding makes a key that verifies nothing.",
  sources: [rfc(7518, "6.2.1"), rfc(8037, "2")],
  bad: [
    keySet(`«{»"kty": "EC", "crv": "P-256", "x": "${X}"}`),
    keySet(`{"kty": "EC", "crv": "P-256", "x": «"${X.slice(2)}"», "y": "${Y}"}`),
    keySet(`{"kty": "EC", "crv": "P-256", "x": «"${X.slice(0, -1)}="», "y": "${Y}"}`),
    keySet(`{"kty": "OKP", "crv": "Ed25519", "x": «"AAAA"»}`),
  ],
  good: [keySet(GOOD_EC), keySet(GOOD_OKP)],
  test(key) {
    const curves = curvesOf(key);
    if (!curves) return undefined;
    const crv = key.text("crv");
    const bytes = crv !== undefined && curves.has(crv) ? curves.get(crv) : undefined;
    if (key.kty === "OKP") return badBytes(key, "x", "RFC 8037 §2", bytes);
    return badBytes(key, "x", "RFC 7518 §6.2.1.2", bytes) ?? badBytes(key, "y", "RFC 7518 §6.2.1.3", bytes);
  },
});
