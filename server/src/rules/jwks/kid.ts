import { say } from "../../localisation/say.js";
import { oidcCore, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { ec, keySet } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import { keysOf } from "./keySet.js";

export const kidDuplicate = defineRule({
  id: "jwks/kid-duplicate",
  severity: "warning",
  title: "Every key has a name of its own",
  why: "A signature says by kid which key made it; with two keys of the same name a server may check with the wrong one.",
  sources: [rfc(7517, "4.5")],
  bad: [keySet(ec('"kid": "2026-01"'), ec('"kid": «"2026-01"»'))],
  good: [
    keySet(ec('"kid": "2026-01"'), ec('"kid": "2026-02"')),
    keySet(
      ec('"kid": "a"'),
      '{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4"}',
    ),
  ],
  check(document, report) {
    const first = new Map<string, { readonly offset: number; readonly end: number }>();
    for (const key of keysOf(document)) {
      const kid = key.string("kid");
      if (!kid) continue;
      // Keys of different kinds may share a name when they are alternatives (RFC 7517 §4.5).
      const name = `${key.kty} ${kid.value}`;
      const earlier = first.get(name);
      if (!earlier) {
        first.set(name, kid);
        continue;
      }
      report({
        at: kid,
        pointer: key.pointer("kid"),
        message: say`Another key has this \`kid\`, and keys should have different ones (RFC 7517 §4.5). Rename one of them.`,
        related: [{ offset: earlier.offset, end: earlier.end, message: say`The other key` }],
      });
    }
  },
});

export const kidMissing = keyRule({
  id: "jwks/kid-missing",
  severity: "warning",
  title: "Keys have names when there are several",
  why: "A signature says by kid which key made it; without names a server must try all keys, or gives up.",
  sources: [rfc(7517, "4.5"), oidcCore("10.1", "Signing")],
  bad: [keySet(ec('"kid": "2026-01", "alg": "ES256"'), `«{»${ec('"alg": "ES256"').slice(1)}`)],
  good: [keySet(ec('"alg": "ES256"')), keySet(ec('"kid": "2026-01"'), ec('"kid": "2026-02"'))],
  test(key, document) {
    if (key.member("kid") || keysOf(document).length < 2) return undefined;
    return {
      message: say`With several keys a signature has to name its key, and this one has no \`kid\` (OpenID Connect Core §10.1). Add one, different for each key.`,
    };
  },
});
