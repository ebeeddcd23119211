import { cimd03 } from "../specifications/sources.js";
import type { FieldValue } from "./field.js";

const WITH_SHARED_SECRET = ["client_secret_basic", "client_secret_post", "client_secret_jwt"];

/** Methods that need a secret both sides know, and are barred from the documents (CIMD draft-03 §4.1). */
export const SHARED_SECRET_METHODS: ReadonlySet<unknown> = new Set(WITH_SHARED_SECRET);

/** The type that a client's assertions name in their header, and where that is required. */
export const ASSERTION_TYPE = { typ: "oauth-client-auth+jwt", spec: cimd03("6") };

/**
 * Token endpoint authentication methods: the IANA registry's seven, then four that are in drafts only
 * (attestation-based and SPIFFE client authentication).
 */
export const AUTH_METHODS: readonly FieldValue[] = [
  { value: "none", summary: "Public client: it cannot keep a key, as any program that people install." },
  {
    value: "private_key_jwt",
    summary:
      "Confidential client: signs with a private key whose public half is in `jwks` or at `jwks_uri`. What it signs says its type in the header: `typ` is `oauth-client-auth+jwt`.",
  },
  { value: "tls_client_auth", summary: "Mutual TLS with a certificate that a known authority issued." },
  {
    value: "self_signed_tls_client_auth",
    summary: "Mutual TLS with a self-signed certificate listed in the key set.",
  },
  ...WITH_SHARED_SECRET.map((value) => ({
    value,
    summary: "Needs a shared secret: not allowed in a client metadata document.",
    discouraged: true as const,
  })),
  { value: "attest_jwt_client_auth", summary: "An attestation of the client's instance; still a draft." },
  ...["spiffe_jwt", "spiffe_x509", "spiffe_wit"].map((value) => ({
    value,
    summary: "The client's SPIFFE identity; still a draft.",
  })),
];
