import { describe, expect, it } from "vitest";
import { describeField } from "../../server/src/metadata/describe.js";
import type { Field } from "../../server/src/metadata/field.js";
import { FIELDS, fieldByName, jwkMemberByName, splitLanguageTag } from "../../server/src/metadata/fields.js";
import { JWK_MEMBERS } from "../../server/src/metadata/jwk.js";
import { SERVER_METADATA_NAMES, serverMetadataByName } from "../../server/src/metadata/serverMetadata.js";
import { fieldShape } from "../../server/src/metadata/shapes.js";

/** The IANA registry "OAuth Dynamic Client Registration Metadata", last updated 2026-03-25, in its order. */
const IANA =
  `redirect_uris token_endpoint_auth_method grant_types response_types client_name client_uri logo_uri scope
  contacts tos_uri policy_uri jwks_uri jwks software_id software_version client_id client_secret client_id_issued_at
  client_secret_expires_at registration_access_token registration_client_uri application_type sector_identifier_uri
  subject_type id_token_signed_response_alg id_token_encrypted_response_alg id_token_encrypted_response_enc
  userinfo_signed_response_alg userinfo_encrypted_response_alg userinfo_encrypted_response_enc
  request_object_signing_alg request_object_encryption_alg request_object_encryption_enc
  token_endpoint_auth_signing_alg default_max_age require_auth_time default_acr_values initiate_login_uri request_uris
  claims_redirect_uris nfv_token_signed_response_alg nfv_token_encrypted_response_alg nfv_token_encrypted_response_enc
  tls_client_certificate_bound_access_tokens tls_client_auth_subject_dn tls_client_auth_san_dns
  tls_client_auth_san_uri tls_client_auth_san_ip tls_client_auth_san_email require_signed_request_object
  require_pushed_authorization_requests introspection_signed_response_alg introspection_encrypted_response_alg
  introspection_encrypted_response_enc frontchannel_logout_uri frontchannel_logout_session_required
  backchannel_logout_uri backchannel_logout_session_required post_logout_redirect_uris authorization_details_types
  dpop_bound_access_tokens client_registration_types signed_jwks_uri organization_name description keywords
  information_uri organization_uri use_mtls_endpoint_aliases encrypted_response_enc_values_supported
  vp_formats_supported`.split(/\s+/);

/** Client metadata that specifications and implementations know beside the registry. */
const BESIDE = `software_statement authorization_signed_response_alg authorization_encrypted_response_alg
  authorization_encrypted_response_enc backchannel_token_delivery_mode backchannel_client_notification_endpoint
  backchannel_authentication_request_signing_alg backchannel_user_code_parameter subject_types_supported
  id_token_signing_alg_values_supported id_token_encryption_alg_values_supported
  id_token_encryption_enc_values_supported userinfo_signing_alg_values_supported
  userinfo_encryption_alg_values_supported userinfo_encryption_enc_values_supported
  request_object_signing_alg_values_supported request_object_encryption_alg_values_supported
  request_object_encryption_enc_values_supported token_endpoint_auth_methods_supported
  token_endpoint_auth_signing_alg_values_supported backchannel_authentication_request_signing_alg_values_supported
  authorization_signing_alg_values_supported authorization_encryption_alg_values_supported
  authorization_encryption_enc_values_supported introspection_signing_alg_values_supported
  introspection_encryption_alg_values_supported introspection_encryption_enc_values_supported
  credential_offer_endpoint subject_syntax_types_supported display_name response_modes client_id_expires_at
  com.posthog.verification_token com.posthog.scopes spiffe_id spiffe_bundle_endpoint @context $schema
  _comment`.split(/\s+/);

const named = (names: readonly string[]) => [...names].sort();

describe("the registry", () => {
  it("has the 71 names that IANA keeps, and no other as registered", () => {
    expect(IANA).toHaveLength(71);
    const registered = FIELDS.filter(({ status }) => status !== "other").map(({ name }) => name);
    expect(named(registered)).toEqual(named(IANA));
  });

  it("has the names beside the registry", () => {
    const other = FIELDS.filter(({ status }) => status === "other").map(({ name }) => name);
    expect(named(other)).toEqual(named(BESIDE));
  });

  it("names each field once", () => {
    expect(new Set(FIELDS.map(({ name }) => name)).size).toBe(FIELDS.length);
  });

  it("prohibits exactly what is secret", () => {
    const prohibited = FIELDS.filter(({ prohibited }) => prohibited);
    expect(named(prohibited.map(({ name }) => name))).toEqual([
      "client_secret",
      "client_secret_expires_at",
      "registration_access_token",
    ]);
    expect(prohibited.every(({ status }) => status === "prohibited")).toBe(true);
    expect(FIELDS.filter(({ status }) => status === "prohibited")).toEqual(prohibited);
  });

  it("lets the human-readable members, and only them, be repeated for a language", () => {
    expect(named(FIELDS.filter(({ i18n }) => i18n).map(({ name }) => name))).toEqual([
      "client_name",
      "client_uri",
      "description",
      "display_name",
      "information_uri",
      "logo_uri",
      "organization_name",
      "organization_uri",
      "policy_uri",
      "tos_uri",
    ]);
  });

  it.each([...FIELDS, ...JWK_MEMBERS].map((field) => [field.name, field] as const))(
    "%s is well described",
    (_, field: Field) => {
      expect(field.summary).toMatch(/^[A-Z].*\.$/s);
      expect(field.summary.split(/(?<=[.?])\s+(?=[A-Z`])/).length).toBeLessThanOrEqual(3);
      expect(field.spec.url).toMatch(/^https:\/\//);
      const shape = fieldShape(field);
      for (const example of field.examples) expect(shape.safeParse(example)).toMatchObject({ success: true });
      if (field.default !== undefined)
        expect(shape.safeParse(field.default)).toMatchObject({ success: true });
      for (const { summary } of field.values ?? []) if (summary) expect(summary).toMatch(/\.$/);
      if (field.closed) expect(field.values).toBeDefined();
      if (field.https) expect(field.kind).toMatch(/^url/);
    },
  );

  it.each(FIELDS.filter(({ kind }) => kind !== "any").map((field) => [field.name, field] as const))(
    "%s refuses a value of another type",
    (_, field: Field) => {
      expect(fieldShape(field).safeParse(null).success).toBe(false);
      expect(fieldShape(field).safeParse(field.kind === "boolean" ? "true" : false).success).toBe(false);
    },
  );

  it("offers no value twice, and nothing discouraged as an example", () => {
    for (const { name, values = [], examples } of [...FIELDS, ...JWK_MEMBERS]) {
      const all = values.map(({ value }) => value);
      expect([...new Set(all)], name).toEqual(all);
      if (all.length === 0) continue;
      for (const example of examples.flat()) {
        expect(values.find(({ value }) => value === example)?.discouraged ?? false, name).toBe(false);
      }
    }
  });
});

describe("fieldByName", () => {
  it("finds a field by its plain and by its tagged name", () => {
    expect(fieldByName("client_name")?.kind).toBe("string");
    expect(fieldByName("client_name#ja-Jpan-JP")).toBe(fieldByName("client_name"));
    expect(fieldByName("redirect_uris#fr")).toBe(fieldByName("redirect_uris"));
  });

  it.each(["", "#", "#fr", "Client_Name", "clientName", "__proto__", "constructor", "issuer"])(
    "does not know %j",
    (name) => {
      expect(fieldByName(name)).toBeUndefined();
    },
  );

  it("finds members of a key whose own name has a number sign", () => {
    expect(jwkMemberByName("x5t#S256")?.spec.label).toBe("RFC 7517 §4.9");
    expect(jwkMemberByName("d")?.status).toBe("prohibited");
    expect(jwkMemberByName("x5t#S512")).toBeUndefined();
  });
});

describe("splitLanguageTag", () => {
  it.each([
    ["client_name", "client_name", undefined],
    ["client_name#", "client_name", ""],
    ["client_name#fr-CA", "client_name", "fr-CA"],
    ["client_name#a#b", "client_name", "a#b"],
    ["#fr", "", "fr"],
    ["", "", undefined],
  ])("splits %j", (name, base, tag) => {
    expect(splitLanguageTag(name)).toEqual({ base, tag });
  });
});

describe("names of other documents", () => {
  it("share no name with client metadata, and are named once", () => {
    const names = SERVER_METADATA_NAMES.map(({ name }) => name);
    expect(names.filter((name) => fieldByName(name))).toEqual([]);
    expect([...new Set(names)]).toEqual(names);
    expect(names.every((name) => /^[a-z_]+$/.test(name))).toBe(true);
  });

  it.each([
    ["issuer", "authorization server metadata", "RFC 8414 §2"],
    ["code_challenge_methods_supported", "authorization server metadata", "RFC 8414 §2"],
    ["userinfo_endpoint", "authorization server metadata", "OpenID Connect Discovery §3"],
    ["client_id_metadata_document_supported", "authorization server metadata", "CIMD draft-03 §7"],
    ["authorization_servers", "protected resource metadata", "RFC 9728 §2"],
  ])("%s belongs into %s", (name, document, label) => {
    expect(serverMetadataByName(name)).toMatchObject({ document, spec: { label } });
  });
});

describe("describeField", () => {
  it("says what is required, what is forbidden, and what absence means", () => {
    const text = (name: string) => describeField(fieldByName(name) as Field);
    expect(text("client_id")).toContain("Required by [CIMD draft-03 §4](");
    expect(text("client_secret")).toContain(
      "**Not allowed** in a client metadata document ([CIMD draft-03 §4.1](",
    );
    expect(text("grant_types")).toContain('When absent: `["authorization_code"]`.');
    expect(text("client_name")).toContain("`client_name#fr`");
    expect(text("software_statement")).toContain("Not in the IANA registry");
    expect(text("scope")).toMatch(
      /\n\n\[RFC 7591 §2\]\(https:\/\/www\.rfc-editor\.org\/rfc\/rfc7591#section-2\)$/,
    );
  });
});
