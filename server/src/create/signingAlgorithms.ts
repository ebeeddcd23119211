/** The algorithms that a new key can be for, the one most servers verify first (RFC 7518 §3.1, RFC 8037 §3.1). */
export const SIGNING_ALGORITHMS = ["ES256", "RS256", "EdDSA"] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Where public keys are published: in the document, or in a file that it names. */
export const KEY_PLACES = ["jwks", "jwks_uri"] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];
