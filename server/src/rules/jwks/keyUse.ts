import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { cimd, oidcCore, rfc } from "../../specifications/sources.js";
import { findMethod } from "../auth-method/methods.js";
import { defineRule, type Rule } from "../rule.js";
import { keyRule } from "./jwkRule.js";
import { type Jwk, keysOf } from "./keySet.js";

const COORDINATES =
  '"x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"';

function ec(members: string): string {
  return `{"kty": "EC", "crv": "P-256", ${COORDINATES}${members === "" ? "" : `, ${members}`}}`;
}

function keySet(...keys: readonly string[]): string {
  return `"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [${keys.join(", ")}]}`;
}

/** True when the client authenticates with a key of the set. */
function signs(document: ClientMetadataDocument): boolean {
  return findMethod(document, "private_key_jwt") !== undefined;
}

const SIGNING: ReadonlySet<string> = new Set(["sign", "verify"]);

function operations(key: Jwk): readonly string[] {
  const list = key.value("key_ops");
  return list?.type === "array"
    ? list.items.flatMap((item) => (item.type === "string" ? [item.value] : []))
    : [];
}

const use = defineRule({
  id: "jwks/use",
  severity: "warning",
  title: "The key set has a key for signatures",
  why: "private_key_jwt is a signature; a server that keeps to use finds no key to check it with.",
  sources: [rfc(7517, "4.2"), cimd("8.2")],
  bad: [keySet(ec('"use": «"enc"»'))],
  good: [keySet(ec('"use": "sig"')), keySet(ec('"use": "enc", "kid": "e"'), ec('"use": "sig", "kid": "s"'))],
  check(document, report) {
    const keys = keysOf(document);
    const [first] = keys;
    const node = first?.string("use");
    if (!first || !node || !signs(document) || !keys.every((key) => key.text("use") === "enc")) return;
    report({
      at: node,
      pointer: first.pointer("use"),
      message: say`All keys are for encryption, and private_key_jwt needs one for signatures (RFC 7517 §4.2). Use sig, or add a key.`,
    });
  },
});

const kidDuplicate = defineRule({
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
      '{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
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

/** Rules about what the keys are for and how a signature finds its key. */
export const keyUseRules: readonly Rule[] = [
  use,
  keyRule({
    id: "jwks/use-key-ops",
    severity: "warning",
    title: "A published key verifies or encrypts",
    why: "The public half cannot sign. Software that looks at key_ops refuses to verify with a key that is said to sign.",
    sources: [rfc(7517, "4.3")],
    bad: [keySet(ec('"key_ops": «["sign"]»')), keySet(ec('"use": "sig", "key_ops": «["encrypt"]»'))],
    good: [keySet(ec('"key_ops": ["verify"]')), keySet(ec('"use": "sig", "key_ops": ["verify"]'))],
    test(key) {
      const found = operations(key);
      if (found.length === 0) return undefined;
      const purpose = key.text("use");
      const contradicts =
        (purpose === "sig" && !found.some((name) => SIGNING.has(name))) ||
        (purpose === "enc" && found.every((name) => SIGNING.has(name)));
      if (contradicts) {
        return {
          member: "key_ops",
          severity: "error",
          message: say`\`use\` says ${purpose} and \`key_ops\` something else; the two must agree (RFC 7517 §4.3). Delete one of them.`,
        };
      }
      if (!found.includes("sign") || found.includes("verify")) return undefined;
      return {
        member: "key_ops",
        message: say`A public key cannot sign, it verifies (RFC 7517 §4.3). Write verify.`,
      };
    },
  }),
  keyRule({
    id: "jwks/alg-missing",
    severity: "off",
    title: "Keys name their algorithm",
    why: "A key should be used with one algorithm only; with alg the server need not guess which.",
    sources: [rfc(8725, "3.1"), rfc(7517, "4.4")],
    bad: [keySet(`«{»${ec("").slice(1)}`)],
    good: [keySet(ec('"alg": "ES256"'))],
    test(key, document) {
      if (
        key.member("alg") ||
        key.symmetric ||
        document.has("token_endpoint_auth_signing_alg") ||
        !signs(document)
      )
        return undefined;
      return {
        message: say`The key does not say which algorithm it is used with (RFC 8725 §3.1). Add \`alg\`.`,
      };
    },
  }),
  keyRule({
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
  }),
  keyRule({
    id: "jwks/x5u",
    severity: "information",
    title: "Keys do not rely on x5u",
    why: "x5u makes the server fetch another URL; careful servers do not, and over http anybody can swap the certificate.",
    sources: [rfc(7517, "4.6"), cimd("8.6")],
    bad: [keySet(ec('"alg": "ES256", "x5u": «"https://app.acme.dev/chain.pem"»'))],
    good: [keySet(ec('"alg": "ES256"'))],
    test(key) {
      const url = key.text("x5u");
      if (url === undefined) return undefined;
      return /^https:/i.test(url)
        ? {
            member: "x5u",
            message: say`Servers need not fetch this certificate and careful ones do not (CIMD draft-02 §8.6). Rely on the key itself and delete \`x5u\`.`,
          }
        : {
            member: "x5u",
            severity: "warning",
            message: say`A certificate must be fetched over TLS (RFC 7517 §4.6). Use https, or delete \`x5u\`.`,
          };
    },
  }),
  kidDuplicate,
];
