/**
 * The texts that rules and metadata fields rest on. A link carries a fragment only where the published page is known to have
 * it; the label always names the section.
 */

/** Where a statement comes from: a specification and its section, with a link that opens it. */
export interface Source {
  /** As shown to people: `CIMD draft-03 §3`. */
  readonly label: string;
  readonly url: string;
}

const CIMD = "https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-03.html";

/**
 * draft-ietf-oauth-client-id-metadata-document-03 (2 November 2026), for what -02 (6 July 2026) already says. The numbers
 * of sections are those of the text of 20 September 2026, the newest that could be read in full.
 */
export function cimd(section: string): Source {
  return { label: `CIMD draft-03 §${section}`, url: `${CIMD}#section-${section}` };
}

/**
 * draft-ietf-oauth-client-id-metadata-document-03, for what is new in it. It was read in the text of 20 September 2026,
 * not in the one published on 2 November 2026, and the label says so.
 */
export function cimd03(section: string): Source {
  const { label, url } = cimd(section);
  return { label: `${label} (text of 20 September 2026)`, url };
}

export function rfc(number: number, section: string): Source {
  return {
    label: `RFC ${number} §${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

const MCP = "https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization";

/** The MCP authorization specification, 2026-07-28. */
export function mcp(page: "client-registration" | "security-considerations" | "overview"): Source {
  return { label: `MCP 2026-07-28 ${page}`, url: page === "overview" ? MCP : `${MCP}/${page}` };
}

/** OpenID Connect Dynamic Client Registration 1.0, errata set 2. */
export function oidcRegistration(section: string, anchor: string): Source {
  return {
    label: `OpenID Connect Registration §${section}`,
    url: `https://openid.net/specs/openid-connect-registration-1_0.html#${anchor}`,
  };
}

/** Where OpenID Connect Registration lists the members of client metadata. */
export const CLIENT_METADATA = oidcRegistration("2", "ClientMetadata");

/** OpenID Connect Core 1.0, errata set 2. */
export function oidcCore(section: string, anchor: string): Source {
  return {
    label: `OpenID Connect Core §${section}`,
    url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  };
}

/** OAuth 2.0 Multiple Response Type Encoding Practices. */
export const multipleResponseTypes: Source = {
  label: "OAuth Multiple Response Types",
  url: "https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html",
};

/** atproto OAuth profile. */
export const atproto: Source = { label: "atproto OAuth", url: "https://atproto.com/specs/oauth" };

/** atproto's permissions and the scopes that ask for them. */
export const atprotoPermissions: Source = {
  label: "atproto Permissions",
  url: "https://atproto.com/specs/permission#scope-string-syntax",
};

/** The client metadata names that IANA keeps (RFC 7591 §4.1). */
export const ianaClientMetadata: Source = {
  label: "IANA OAuth Dynamic Client Registration Metadata",
  url: "https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#client-metadata",
};

/** Unicode Technical Standard 39, Unicode Security Mechanisms. */
export function uts39(section: "4" | "5.2"): Source {
  const anchor = section === "4" ? "Confusable_Detection" : "Restriction_Level_Detection";
  return { label: `UTS 39 §${section}`, url: `https://www.unicode.org/reports/tr39/#${anchor}` };
}

/** BCP 47: language tags. */
export function bcp47(section: string): Source {
  return {
    label: `BCP 47 (RFC 5646 §${section})`,
    url: `https://www.rfc-editor.org/rfc/rfc5646#section-${section}`,
  };
}

/** OpenID Connect Front-Channel Logout 1.0. */
export function frontChannelLogout(section: string): Source {
  return {
    label: `OpenID Connect Front-Channel Logout §${section}`,
    url: `https://openid.net/specs/openid-connect-frontchannel-1_0.html#rfc.section.${section}`,
  };
}

/** OpenID Connect Back-Channel Logout 1.0, errata set 1. */
export function backChannelLogout(section: string): Source {
  return {
    label: `OpenID Connect Back-Channel Logout §${section}`,
    url: `https://openid.net/specs/openid-connect-backchannel-1_0.html#rfc.section.${section}`,
  };
}

/** OpenID Connect RP-Initiated Logout 1.0. */
export function rpInitiatedLogout(section: string): Source {
  return {
    label: `OpenID Connect RP-Initiated Logout §${section}`,
    url: `https://openid.net/specs/openid-connect-rpinitiated-1_0.html#rfc.section.${section}`,
  };
}

/** OpenID Connect Relying Party Metadata Choices 1.0. */
export function rpMetadataChoices(section: string): Source {
  return {
    label: `OpenID Connect RP Metadata Choices §${section}`,
    url: `https://openid.net/specs/openid-connect-rp-metadata-choices-1_0.html#section-${section}`,
  };
}

/** OpenID Connect Client-Initiated Backchannel Authentication (CIBA) Core 1.0. */
export function ciba(section: string): Source {
  return {
    label: `CIBA Core §${section}`,
    url: "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html",
  };
}

/** OpenID Federation 1.1 (5 May 2026), read in draft 05 of 27 April 2026. */
export function federation(section: string): Source {
  return {
    label: `OpenID Federation 1.1 §${section}`,
    url: `https://openid.net/specs/openid-federation-1_1-final.html#section-${section}`,
  };
}

/** OpenID Federation for OpenID Connect 1.1 (5 May 2026), read in draft 01 of 20 January 2026. */
export function connectFederation(section: string): Source {
  return {
    label: `OpenID Federation for OpenID Connect 1.1 §${section}`,
    url: `https://openid.net/specs/openid-federation-connect-1_1-final.html#section-${section}`,
  };
}

/** OpenID for Verifiable Presentations 1.0. */
export function openid4vp(section: string): Source {
  return {
    label: `OpenID4VP §${section}`,
    url: `https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-${section}`,
  };
}

/** JWT Secured Authorization Response Mode for OAuth 2.0 (JARM). */
export const jarm: Source = { label: "JARM", url: "https://openid.net/specs/oauth-v2-jarm.html" };

/** FAPI 2.0 Security Profile §5.2.2.1.1. */
export const fapi2: Source = {
  label: "FAPI 2.0 Security Profile §5.2.2.1.1",
  url: "https://openid.net/specs/fapi-security-profile-2_0-final.html",
};

/** User-Managed Access 2.0 Grant §2. */
export const uma2: Source = {
  label: "UMA 2.0 Grant §2",
  url: "https://docs.kantarainitiative.org/uma/wg/rec-oauth-uma-grant-2.0.html",
};

/** ETSI GS NFV-SEC 022 V2.7.1; the registry entry links to the document. */
export const etsiNfvSec022: Source = { label: "ETSI GS NFV-SEC 022 V2.7.1", url: ianaClientMetadata.url };

/** OpenID for Verifiable Credential Issuance 1.0. */
export const openid4vci: Source = {
  label: "OpenID4VCI 1.0",
  url: "https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html",
};

/** Self-Issued OpenID Provider v2. */
export const siopv2: Source = {
  label: "SIOPv2",
  url: "https://openid.net/specs/openid-connect-self-issued-v2-1_0.html",
};

/** The npm package oidc-provider, which defines a few client members of its own. */
export const oidcProvider: Source = {
  label: "oidc-provider",
  url: "https://github.com/panva/node-oidc-provider/blob/main/docs/README.md",
};

/** PostHog's extension of the document. */
export const posthog: Source = { label: "PostHog", url: "https://github.com/PostHog/posthog.com/pull/18204" };

/** Janssen Auth Server's extension of the document. */
export const janssen: Source = {
  label: "Janssen Auth Server",
  url: "https://docs.jans.io/v2.4.0/janssen-server/auth-server/oauth-features/cimd/",
};

/** Solid-OIDC, editor's draft of 20 July 2026. */
export function solidOidc(section: string, anchor: string): Source {
  return { label: `Solid-OIDC §${section}`, url: `https://solidproject.org/TR/oidc#${anchor}` };
}

/** JSON Schema's way to name a document's schema. */
export const jsonSchemaKeyword: Source = {
  label: "VS Code JSON schemas",
  url: "https://code.visualstudio.com/docs/languages/json#_json-schemas-and-settings",
};
