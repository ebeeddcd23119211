import { type FieldValue, values } from "./field.js";

/** Signatures with a key pair (RFC 7518 §3.1, RFC 8037, RFC 8812, RFC 9864). */
export const ASYMMETRIC_SIGNATURES: readonly FieldValue[] = [
  { value: "ES256", summary: "ECDSA on P-256 with SHA-256: small keys and signatures." },
  { value: "RS256", summary: "RSA with PKCS #1 v1.5 padding and SHA-256: the most widely understood." },
  { value: "PS256", summary: "RSA with PSS padding and SHA-256." },
  { value: "EdDSA", summary: "Edwards-curve signatures, usually Ed25519." },
  { value: "Ed25519", summary: "Edwards-curve signatures on Ed25519, by its fully specified name." },
  ...values("ES384", "ES512", "ES256K", "RS384", "RS512", "PS384", "PS512"),
];

/** What a client may sign its assertions with: {@link ASYMMETRIC_SIGNATURES} but ES256K, which few servers know. */
export const ASSERTION_ALGORITHMS = [
  "ES256",
  "ES384",
  "ES512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "EdDSA",
  "Ed25519",
] as const;

/** Signatures with a shared secret (RFC 7518 §3.2): they need a `client_secret`, which a public document cannot have. */
export const SYMMETRIC_SIGNATURES: readonly FieldValue[] = ["HS256", "HS384", "HS512"].map((value) => ({
  value,
  summary: "Needs a client secret, which a client metadata document cannot have.",
  discouraged: true,
}));

/** Every signature algorithm a response to the client may be asked to have. */
export const SIGNATURES: readonly FieldValue[] = [...ASYMMETRIC_SIGNATURES, ...SYMMETRIC_SIGNATURES];

/** The signature algorithms, and none at all. */
export const SIGNATURES_OR_NONE: readonly FieldValue[] = [
  ...SIGNATURES,
  { value: "none", summary: "No signature.", discouraged: true },
];

/** Ways to encrypt the content key (RFC 7518 §4.1). */
export const KEY_ENCRYPTION: readonly FieldValue[] = [
  { value: "RSA-OAEP-256", summary: "RSA-OAEP with SHA-256." },
  { value: "ECDH-ES", summary: "Elliptic-curve Diffie-Hellman, the agreed key used directly." },
  ...values("RSA-OAEP", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"),
  ...["A128KW", "A192KW", "A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW", "dir"].map((value) => ({
    value,
    summary: "Needs a shared key, which a client metadata document cannot have.",
    discouraged: true as const,
  })),
];

/** Ways to encrypt the content (RFC 7518 §5.1). */
export const CONTENT_ENCRYPTION: readonly FieldValue[] = values(
  "A128CBC-HS256",
  "A192CBC-HS384",
  "A256CBC-HS512",
  "A128GCM",
  "A192GCM",
  "A256GCM",
);
