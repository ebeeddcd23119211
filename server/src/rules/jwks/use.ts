import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findMethod } from "../auth-method/methods.js";
import { defineRule } from "../rule.js";
import { ec, keySet } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import { type Jwk, keysOf } from "./keySet.js";

/** True when the client authenticates with a key of the set. */
export function signs(document: ClientMetadataDocument): boolean {
  return findMethod(document, "private_key_jwt") !== undefined;
}

const SIGNING: ReadonlySet<string> = new Set(["sign", "verify"]);

function operations(key: Jwk): readonly string[] {
  const list = key.value("key_ops");
  return list?.type === "array"
    ? list.items.flatMap((item) => (item.type === "string" ? [item.value] : []))
    : [];
}

export const use = defineRule({
  id: "jwks/use",
  severity: "warning",
  title: "The key set has a key for signatures",
  why: "private_key_jwt is a signature; a server that keeps to use finds no key to check it with.",
  sources: [rfc(7517, "4.2"), cimd("9.2")],
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

export const useKeyOps = keyRule({
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
});
