import { cimd, rfc } from "../specifications/sources.js";
import { ASYMMETRIC_SIGNATURES, KEY_ENCRYPTION, SYMMETRIC_SIGNATURES } from "./algorithms.js";
import { type Field, values } from "./field.js";

function publicMember(name: string, summary: string, section: string, example: string): Field {
  return {
    name,
    kind: "string",
    status: "registered",
    summary,
    examples: [example],
    spec: rfc(7518, section),
  };
}

function privateMember(name: string, summary: string, section: string): Field {
  return {
    name,
    kind: name === "oth" ? "object[]" : "string",
    status: "prohibited",
    prohibited: cimd("4.1"),
    summary: `${summary} It is private: it must not be in a public document.`,
    examples: [name === "oth" ? [] : ""],
    spec: rfc(7518, section),
  };
}

/** The members of one key in `jwks` (RFC 7517 §4, RFC 7518 §6). */
export const JWK_MEMBERS: readonly Field[] = [
  {
    name: "kty",
    kind: "string",
    status: "registered",
    values: [
      { value: "EC", summary: "An elliptic curve of NIST; has `crv`, `x` and `y`." },
      { value: "RSA", summary: "RSA; has `n` and `e`." },
      { value: "OKP", summary: "An Edwards or Montgomery curve; has `crv` and `x`." },
      { value: "AKP", summary: "A key whose algorithm `alg` names; has `pub`." },
      {
        value: "oct",
        summary: "A shared secret: not allowed in a client metadata document.",
        discouraged: true,
      },
    ],
    summary: "The kind of key. Every key has it.",
    examples: ["EC", "RSA", "OKP"],
    spec: rfc(7517, "4.1"),
  },
  {
    name: "use",
    kind: "string",
    status: "registered",
    values: [
      { value: "sig", summary: "For signatures." },
      { value: "enc", summary: "For encryption." },
    ],
    summary: "What the key is for.",
    examples: ["sig"],
    spec: rfc(7517, "4.2"),
  },
  {
    name: "key_ops",
    kind: "string[]",
    status: "registered",
    values: values("verify", "sign", "encrypt", "decrypt", "wrapKey", "unwrapKey", "deriveKey", "deriveBits"),
    summary:
      "What may be done with the key, in finer grain than `use`. A published signing key says `verify`.",
    examples: [["verify"]],
    spec: rfc(7517, "4.3"),
  },
  {
    name: "alg",
    kind: "string",
    status: "registered",
    values: [
      ...ASYMMETRIC_SIGNATURES,
      ...KEY_ENCRYPTION.filter(({ discouraged }) => !discouraged),
      ...SYMMETRIC_SIGNATURES,
    ],
    summary: "The one algorithm the key is used with.",
    examples: ["ES256", "RS256"],
    spec: rfc(7517, "4.4"),
  },
  {
    name: "kid",
    kind: "string",
    status: "registered",
    summary: "The key's name, so that a signature can say which key made it. Different for each key.",
    examples: ["2026-01"],
    spec: rfc(7517, "4.5"),
  },
  {
    name: "x5u",
    kind: "url",
    status: "registered",
    summary: "Where the key's certificate chain is. Servers should not follow it.",
    examples: ["https://app.example.com/oauth/chain.pem"],
    spec: rfc(7517, "4.6"),
  },
  {
    name: "x5c",
    kind: "string[]",
    status: "registered",
    summary: "The key's certificate chain, each certificate as base64 of its DER form.",
    examples: [["MIIB"]],
    spec: rfc(7517, "4.7"),
  },
  {
    name: "x5t",
    kind: "string",
    status: "registered",
    summary: "The SHA-1 thumbprint of the key's certificate.",
    examples: ["dGh1bWJwcmludA"],
    spec: rfc(7517, "4.8"),
  },
  {
    name: "x5t#S256",
    kind: "string",
    status: "registered",
    summary: "The SHA-256 thumbprint of the key's certificate.",
    examples: ["dGh1bWJwcmludA"],
    spec: rfc(7517, "4.9"),
  },
  {
    name: "crv",
    kind: "string",
    status: "registered",
    values: values("P-256", "P-384", "P-521", "Ed25519", "Ed448", "X25519", "X448", "secp256k1"),
    summary: "The curve of an `EC` or `OKP` key.",
    examples: ["P-256", "Ed25519"],
    spec: rfc(7518, "6.2.1.1"),
  },
  publicMember(
    "x",
    "The public point's x coordinate, or an `OKP` key's public half, as base64url.",
    "6.2.1.2",
    "f83O",
  ),
  publicMember("y", "The public point's y coordinate as base64url.", "6.2.1.3", "x_FE"),
  publicMember("n", "The RSA modulus as base64url.", "6.3.1.1", "0vx7"),
  publicMember("e", "The RSA exponent as base64url, nearly always `AQAB`.", "6.3.1.2", "AQAB"),
  privateMember("d", "The private half of an EC, OKP or RSA key.", "6.2.2.1"),
  privateMember("p", "RSA's first prime factor.", "6.3.2.2"),
  privateMember("q", "RSA's second prime factor.", "6.3.2.3"),
  privateMember("dp", "RSA's first factor CRT exponent.", "6.3.2.4"),
  privateMember("dq", "RSA's second factor CRT exponent.", "6.3.2.5"),
  privateMember("qi", "RSA's first CRT coefficient.", "6.3.2.6"),
  privateMember("oth", "RSA's further prime factors.", "6.3.2.7"),
  privateMember("k", "The value of a shared secret.", "6.4.1"),
];
