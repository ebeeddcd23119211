import { jsonPointer } from "../../document/jsonPointer.js";
import type { JsonNode, StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { removeItem, removeMembers } from "../edits.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { keyRule } from "./jwkRule.js";
import { keyArray } from "./keySet.js";

/** Members that only a private key has (RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2), the telling one first. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "priv"] as const;

const PUBLIC_EC =
  '"kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"';
const SIGNED = '"token_endpoint_auth_method": "private_key_jwt"';

const privateKey = keyRule({
  id: "jwks/private-key",
  severity: "error",
  title: "The key set holds no private key",
  why: "Whoever reads the document can act as the client. A private key that was published is compromised, even after it is deleted.",
  sources: [cimd("4.1"), rfc(7518, "6")],
  bad: [
    `${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}, "d": «"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"»}]}`,
    `${SIGNED}, "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "d": «"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"», "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}`,
  ],
  good: [`${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}}]}`],
  test(key) {
    const member = key.symmetric ? undefined : PRIVATE_MEMBERS.find((name) => key.member(name));
    return (
      member && {
        member,
        message: say`\`${member}\` is the private half of the key, and the document is public (CIMD draft-02 §4.1): the key is compromised. Make a new key pair and publish its public half only.`,
      }
    );
  },
  fix(key): readonly Fix[] {
    const gone = new Set(PRIVATE_MEMBERS.flatMap((name) => key.member(name) ?? []));
    return [
      {
        title: say`Delete the private members (and replace the key)`,
        edits: removeMembers(key.node, gone),
        preferred: true,
      },
    ];
  },
});

const symmetricKey = keyRule({
  id: "jwks/symmetric-key",
  severity: "error",
  title: "The key set holds no shared secret",
  why: "A symmetric key is a secret that both sides use; published in the document it is no secret.",
  sources: [cimd("4.1"), rfc(7518, "6.4")],
  bad: [
    `${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}, "kid": "1"}, {"kty": "oct", "kid": "2", "k": «"GawgguFyGrWKav7AX4VKUg"»}]}`,
    `${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}, "kid": "1"}, {"kty": «"oct"», "kid": "2"}]}`,
  ],
  good: [`${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}}]}`],
  test: (key) =>
    key.symmetric
      ? {
          member: key.member("k") ? "k" : "kty",
          message: say`A symmetric key is a shared secret, and the document is public (CIMD draft-02 §4.1): the key is compromised. Publish the public half of a key pair instead.`,
        }
      : undefined,
  fix(key, document): readonly Fix[] {
    const items = keyArray(document)?.items ?? [];
    return items.length > 1
      ? [{ title: say`Delete the key`, edits: [removeItem(document, items, key.node)], preferred: true }]
      : [];
  },
});

const PEM = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

const pemPrivate = defineRule({
  id: "jwks/pem-private",
  severity: "error",
  title: "The document holds no private key in PEM form",
  why: "Whoever reads the document can act as the client. A private key that was published is compromised, even after it is deleted.",
  sources: [cimd("4.1"), rfc(7468, "10")],
  bad: [
    '"software_id": «"-----BEGIN PRIVATE KEY-----"»',
    `${SIGNED}, "jwks": {"keys": [{${PUBLIC_EC}, "pem": «"-----BEGIN RSA PRIVATE KEY-----\\nMIIE"»}]}`,
  ],
  good: ['"software_id": "-----BEGIN PUBLIC KEY-----"'],
  check(document, report) {
    if (!document.text.includes("PRIVATE KEY-----") || !document.root) return;
    visitStrings(document.root, [], (node, path) => {
      if (!PEM.test(node.value)) return;
      report({
        at: node,
        pointer: jsonPointer(...path),
        message: say`This is a private key, and the document is public (CIMD draft-02 §4.1): the key is compromised. Delete it, make a new key pair and publish its public half only.`,
      });
    });
  },
});

type Path = readonly (string | number)[];

function visitStrings(node: JsonNode, path: Path, visit: (node: StringNode, path: Path) => void): void {
  if (node.type === "string") visit(node, path);
  else if (node.type === "array") {
    for (const [index, item] of node.items.entries()) visitStrings(item, [...path, index], visit);
  } else if (node.type === "object") {
    for (const { key, value } of node.members) if (value) visitStrings(value, [...path, key.value], visit);
  }
}

/** Rules about keys that must not be published. */
export const secretKeyRules: readonly Rule[] = [privateKey, symmetricKey, pemPrivate];
