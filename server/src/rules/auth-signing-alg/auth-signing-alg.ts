import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { ASSERTION_ALGORITHMS } from "../../metadata/algorithms.js";
import { atproto, CLIENT_METADATA, cimd, rfc } from "../../specifications/sources.js";
import { declaresAtproto } from "../atproto/declares.js";
import { findMethod } from "../auth-method/methods.js";
import { closest } from "../closest.js";
import { deleteMember } from "../deleteMember.js";
import { replaceString } from "../edits.js";
import { isAsymmetricSignature, isSymmetric, keyRequirements } from "../jwks/algorithms.js";
import { type Jwk, keysOf } from "../jwks/keySet.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

const NAME = "token_endpoint_auth_signing_alg";

const POINTER = `/${NAME}`;

const SIGNED =
  '"token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"';

interface AlgorithmRule extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources"> {
  /** Values it is about, for the examples. */
  readonly values: readonly [string, ...string[]];
  readonly test: (algorithm: string) => string | undefined;
  /** What to write instead; the first is the one right fix where there is only one. */
  readonly instead: (algorithm: string) => readonly string[];
}

function algorithmRule({ values, test, instead, ...meta }: AlgorithmRule): Rule {
  return defineRule({
    ...meta,
    bad: values.map((value) => `${SIGNED}, "${NAME}": «"${value}"»`) as unknown as [string, ...string[]],
    good: [`${SIGNED}, "${NAME}": "ES256"`],
    check(document, report) {
      const node = document.string(NAME);
      const message = node && test(node.value);
      if (node && message !== undefined) report({ at: node, pointer: POINTER, message });
    },
    fix(document): readonly Fix[] {
      const node = document.string(NAME);
      const words = node ? instead(node.value) : [];
      return words.map((word) => ({
        title: `Use ${word}`,
        edits: [replaceString(node as StringNode, word)],
        ...(words.length === 1 ? { preferred: true } : {}),
      }));
    },
  });
}

const none = algorithmRule({
  id: "auth-signing-alg/none",
  severity: "error",
  title: "Client assertions are signed",
  why: "An assertion without a signature proves nothing: anybody could send it.",
  sources: [CLIENT_METADATA, rfc(8725, "3.2")],
  values: ["none"],
  test: (algorithm) =>
    algorithm === "none"
      ? say`An assertion must be signed, so \`none\` is not allowed here (OpenID Connect Registration §2). Name the algorithm of your key, such as ES256.`
      : undefined,
  instead: () => ["ES256", "RS256"],
});

const symmetric = algorithmRule({
  id: "auth-signing-alg/symmetric",
  severity: "error",
  title: "Client assertions are signed with a private key",
  why: "HS256 and its like need a shared secret, and a public document cannot have one.",
  sources: [cimd("4.1"), rfc(7518, "3.2")],
  values: ["HS256", "HS512"],
  test: (algorithm) =>
    isSymmetric(algorithm)
      ? say`\`${algorithm}\` needs a shared secret, and a public document cannot have one (CIMD draft-03 §4.1). Use ES256, RS256 or EdDSA.`
      : undefined,
  instead: () => ["ES256", "RS256"],
});

/** The algorithm a misspelt name most likely means. */
function meant(algorithm: string): string | undefined {
  const folded = algorithm.trim().toUpperCase();
  return (
    ASSERTION_ALGORITHMS.find((name) => name.toUpperCase() === folded) ??
    closest(folded, ASSERTION_ALGORITHMS, 1)
  );
}

const weak = algorithmRule({
  id: "auth-signing-alg/weak",
  severity: "warning",
  title: "The signature algorithm is registered and safe",
  why: "Servers verify only algorithms they know; names outside the registry and RSA with SHA-1 are not among them.",
  sources: [rfc(7518, "3.1"), rfc(8725, "3.2")],
  values: ["RS1", "RSA1_5", "es256"],
  test: (algorithm) => {
    if (
      isAsymmetricSignature(algorithm) ||
      isSymmetric(algorithm) ||
      algorithm === "none" ||
      algorithm === ""
    )
      return undefined;
    if (algorithm.trim() !== algorithm) return undefined;
    const guess = meant(algorithm);
    return say`\`${algorithm.slice(0, 40)}\` is no signature algorithm that servers verify (RFC 7518 §3.1, RFC 8725 §3.2). ${guess ? say`Did you mean ${guess}?` : say`Use ES256, PS256 or EdDSA.`}`;
  },
  instead: (algorithm) => {
    const guess = meant(algorithm);
    return guess ? [guess] : [];
  },
});

/** Whether a published key can verify a signature with the algorithm. Members that cannot be read count as fitting. */
function verifies(key: Jwk, algorithm: string): boolean {
  const kty = key.kty;
  const crv = key.text("crv");
  if (key.symmetric) return false;
  if (kty === undefined || key.text("use") === "enc") return kty === undefined;
  const alg = key.text("alg");
  if (alg !== undefined && alg !== algorithm && !isEdwards(alg, algorithm)) return false;
  return (keyRequirements(algorithm) ?? []).some(
    (requirement) =>
      requirement.kty === kty &&
      (!requirement.curves || crv === undefined || requirement.curves.includes(crv)),
  );
}

/** EdDSA and Ed25519 name the same signature on Ed25519 keys (RFC 9864 §2.2). */
function isEdwards(one: string, other: string): boolean {
  return (one === "EdDSA" || one === "Ed25519") && (other === "EdDSA" || other === "Ed25519");
}

const keyMismatch = defineRule({
  id: "auth-signing-alg/key-mismatch",
  severity: "error",
  title: "A published key fits the signature algorithm",
  why: "The client says it signs with one algorithm and publishes keys of another kind, so no assertion can ever be verified.",
  sources: [cimd("9.2"), rfc(7517, "4.4")],
  bad: [
    `"token_endpoint_auth_method": "private_key_jwt", «"jwks"»: {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4"}]}, "${NAME}": "ES256"`,
  ],
  good: [
    `"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4"}]}, "${NAME}": "EdDSA"`,
  ],
  check(document, report) {
    const algorithm = document.string(NAME);
    const member = document.member("jwks");
    const keys = keysOf(document);
    if (!algorithm || !member || keys.length === 0 || document.has("jwks_uri")) return;
    if (!isAsymmetricSignature(algorithm.value) || !findMethod(document, "private_key_jwt")) return;
    if (keys.some((key) => verifies(key, algorithm.value))) return;
    report({
      at: member.key,
      pointer: "/jwks",
      message: say`No key here works with ${algorithm.value}, which \`${NAME}\` names (CIMD draft-03 §9.2). Publish such a key, or name the algorithm of this one.`,
      related: [{ offset: algorithm.offset, end: algorithm.end, message: say`The algorithm` }],
    });
  },
});

function signsOnly(document: ClientMetadataDocument): boolean {
  return document.string("token_endpoint_auth_method")?.value === "private_key_jwt";
}

const missing = defineRule({
  id: "auth-signing-alg/missing",
  severity: "off",
  title: "The signature algorithm of client assertions is written down",
  why: "OpenID Connect leaves it open; atproto servers want to know it.",
  sources: [CLIENT_METADATA, atproto],
  bad: [`"token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json"`],
  good: [`${SIGNED}, "${NAME}": "ES256"`],
  check(document, report) {
    const method = document.string("token_endpoint_auth_method");
    if (!method || !document.complete || !signsOnly(document) || document.has(NAME)) return;
    report({
      at: method,
      pointer: "/token_endpoint_auth_method",
      message: say`Some servers want to know which algorithm the client signs with. Add \`${NAME}\`, such as ES256.`,
    });
  },
});

const withNone = defineRule({
  id: "auth-signing-alg/with-none",
  severity: "information",
  title: "Only clients that sign name a signature algorithm",
  why: "A public client signs nothing at the token endpoint; oidc-provider and atproto servers refuse a document that says otherwise.",
  sources: [CLIENT_METADATA, atproto],
  portability: {
    message:
      "Some servers accept a signature algorithm only with `token_endpoint_auth_method` private_key_jwt. Add that member, or delete this one.",
  },
  bad: [`"token_endpoint_auth_method": "none", "${NAME}": «"ES256"»`],
  good: [`${SIGNED}, "${NAME}": "ES256"`],
  check(document, report) {
    const node = document.string(NAME);
    if (
      !node ||
      document.string("token_endpoint_auth_method")?.value !== "none" ||
      findMethod(document, "private_key_jwt")
    )
      return;
    report({
      at: node,
      pointer: POINTER,
      message: say`The method is none, so the client signs nothing at the token endpoint and the algorithm has no meaning. Delete \`${NAME}\`.`,
      tags: ["unnecessary"],
    });
  },
  fix: (document) => deleteMember(document, document.member(NAME), { preferred: true }),
});

const fastmcpRs256 = defineRule({
  id: "auth-signing-alg/fastmcp-rs256",
  severity: "hint",
  title: "Client assertions are signed with RS256",
  why: "FastMCP before 4.1.2 names no algorithm to its verifier, whose default is RS256; newer releases take RSA and EC keys. An RSA key next to another one serves all servers.",
  sources: [rfc(7518, "3.1")],
  concerns: (document) => !declaresAtproto(document),
  portability: {
    message:
      "Some servers verify client assertions with RS256 only. Use an RSA key and RS256 for their users.",
  },
  bad: [`${SIGNED}, "${NAME}": «"ES256"»`],
  good: [`${SIGNED}, "${NAME}": "RS256"`],
});

/** Rules about `token_endpoint_auth_signing_alg`. */
export const authSigningAlgRules: readonly Rule[] = [
  none,
  symmetric,
  weak,
  keyMismatch,
  missing,
  withNone,
  fastmcpRs256,
];
