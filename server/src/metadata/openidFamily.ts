import { connectFederation, federation, openid4vci, openid4vp, siopv2 } from "../specifications/sources.js";
import { CONTENT_ENCRYPTION } from "./algorithms.js";
import type { Field } from "./field.js";

/** Client metadata of OpenID Federation 1.1 and OpenID Federation for OpenID Connect 1.1. */
export const FEDERATION_FIELDS: readonly Field[] = [
  {
    name: "client_registration_types",
    kind: "string[]",
    status: "registered",
    values: [
      { value: "automatic", summary: "The client just sends its first request." },
      { value: "explicit", summary: "The client registers first." },
    ],
    summary: "How the client registers with providers of its federation.",
    examples: [["automatic"]],
    spec: connectFederation("5.1.1"),
  },
  {
    name: "signed_jwks_uri",
    kind: "url",
    https: true,
    status: "registered",
    summary: "Where the client's public keys are as a signed JWT. Only federations read it.",
    examples: ["https://app.example.com/oauth/jwks.jose"],
    spec: federation("5.2.1"),
  },
  {
    name: "organization_name",
    kind: "string",
    i18n: true,
    status: "registered",
    summary: "The name of the organization behind the client.",
    examples: ["Example Inc."],
    spec: federation("5.2.2"),
  },
  {
    name: "display_name",
    kind: "string",
    i18n: true,
    status: "other",
    summary: "A name for the client to show to people. OAuth servers show `client_name` instead.",
    examples: ["Example Notes"],
    spec: federation("5.2.2"),
  },
  {
    name: "description",
    kind: "string",
    i18n: true,
    status: "registered",
    summary: "A short text about the client. Auth0 accepts at most 140 characters.",
    examples: ["Notes that follow you everywhere."],
    spec: federation("5.2.2"),
  },
  {
    name: "keywords",
    kind: "string[]",
    status: "registered",
    summary: "Words by which people may look for the client.",
    examples: [["notes", "productivity"]],
    spec: federation("5.2.2"),
  },
  {
    name: "information_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary: "A page with more about the client.",
    examples: ["https://app.example.com/about"],
    spec: federation("5.2.2"),
  },
  {
    name: "organization_uri",
    kind: "url",
    i18n: true,
    status: "registered",
    summary: "The home page of the organization behind the client.",
    examples: ["https://example.com/"],
    spec: federation("5.2.2"),
  },
];

/** Client metadata of wallets and verifiers. */
export const CREDENTIAL_FIELDS: readonly Field[] = [
  {
    name: "vp_formats_supported",
    kind: "object",
    status: "registered",
    summary: "The credential and presentation formats a verifier can read, with their algorithms.",
    examples: [{ "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256"] } }],
    spec: openid4vp("11.1"),
  },
  {
    name: "encrypted_response_enc_values_supported",
    kind: "string[]",
    status: "registered",
    values: CONTENT_ENCRYPTION,
    summary: "The content encryptions a verifier can read in encrypted responses; at least one.",
    examples: [["A128GCM", "A256GCM"]],
    spec: openid4vp("5.1"),
  },
  {
    name: "credential_offer_endpoint",
    kind: "url",
    status: "other",
    summary: "Where a wallet wants to be handed credential offers.",
    examples: ["https://wallet.example.com/offer"],
    spec: openid4vci,
  },
  {
    name: "subject_syntax_types_supported",
    kind: "string[]",
    status: "other",
    summary: "The kinds of subject a self-issued ID token may name.",
    examples: [["urn:ietf:params:oauth:jwk-thumbprint"]],
    spec: siopv2,
  },
];
