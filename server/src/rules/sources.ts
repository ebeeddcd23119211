/** Where a rule comes from: a specification and its section, with a link that opens it. */
export interface Source {
  /** As shown to people: `CIMD draft-02 §3`. */
  readonly label: string;
  readonly url: string;
}

const CIMD = "https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html";

/** draft-ietf-oauth-client-id-metadata-document-02 (6 July 2026). */
export function cimd(section: string): Source {
  return { label: `CIMD draft-02 §${section}`, url: `${CIMD}#section-${section}` };
}

/** draft-ietf-oauth-client-id-metadata-document-03, as far as its branch text could be read. */
export function cimd03(section: string): Source {
  return {
    label: `CIMD draft-03 §${section} (branch text)`,
    url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-${section}`,
  };
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

/** OpenID Connect Relying Party Metadata Choices 1.0. */
export const rpMetadataChoices: Source = {
  label: "OpenID Connect RP Metadata Choices §2",
  url: "https://openid.net/specs/openid-connect-rp-metadata-choices-1_0.html#section-2",
};

/** OpenID Connect Client-Initiated Backchannel Authentication (CIBA) Core 1.0. */
export const ciba: Source = {
  label: "CIBA Core §4",
  url: "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#registration",
};

/** OpenID Federation 1.0. */
export const federation: Source = {
  label: "OpenID Federation §5.2.1",
  url: "https://openid.net/specs/openid-federation-1_0.html#section-5.2.1",
};

/** atproto OAuth profile. */
export const atproto: Source = { label: "atproto OAuth", url: "https://atproto.com/specs/oauth" };

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
