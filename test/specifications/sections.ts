/** The sections that a text has, by the name under which rules, fields and messages cite it. */
export interface SectionList {
  /** As it stands before `§`. */
  readonly text: string;
  /** Which version, and where its table of contents was read; `unread` where the text itself could not be had. */
  readonly from: string;
  readonly unread?: true;
  readonly sections: readonly string[];
}

function list(text: string, from: string, sections: string): SectionList {
  return { text, from, sections: sections.split(/\s+/) };
}

/** A text that could not be had: the list has the sections that it is known to have. */
function unread(text: string, from: string, sections: string): SectionList {
  return { ...list(text, from, sections), unread: true };
}

/** Every text that the project cites by section. */
export const SECTION_LISTS: readonly SectionList[] = [
  list(
    "CIMD draft-03",
    "oauth-wg/draft-ietf-oauth-client-id-metadata-document document-token_endpoint_auth_methods_supported/…txt @5638265b (20 September 2026); the text published on 2 November 2026 could not be had",
    `1 2 3 4 4.1 4.2 4.3 5 5.1 5.2 6 7 8 8.1 8.2 9 9.1 9.2 9.3 9.4 9.4.1 9.5 9.6 9.7 9.8 9.9 9.10 10 10.1 10.2 11 11.1
    12 12.1 12.2`,
  ),
  list(
    "OpenID Federation 1.1",
    "openid/federation-1.1 openid-federation-1_1.xml @ee025fc3 (draft 05, 27 April 2026)",
    "1 1.1 1.2 2 2.1 3 3.1 3.1.1 3.1.2 3.1.3 3.2 3.3 4 4.1 4.2 4.3 4.4 5 5.1 5.1.1 5.2 5.2.1 5.2.2 6 6.1 6.1.1 6.1.2 6.1.3",
  ),
  list(
    "OpenID Federation for OpenID Connect 1.1",
    "openid/connect-federation-1.1 openid-federation-connect-1_1.xml @57e3b355 (draft 01, 20 January 2026)",
    "1 1.1 1.2 2 2.1 3 3.1 3.1.1 3.1.2 3.2 3.3 4 5 5.1 5.1.1 5.1.2 5.1.3 5.1.4 5.1.5 6 6.1 6.2",
  ),
  list(
    "OpenID Connect RP Metadata Choices",
    "openid/rp-metadata-choices openid-connect-rp-metadata-choices-1_0.xml @27897a3d (draft 04, 8 January 2026)",
    "1 1.1 1.2 2 3 4 5 6 6.1 6.1.1",
  ),
  list(
    "OpenID4VP",
    "openid/OpenID4VP 1.0/openid-4-verifiable-presentations-1_0.md",
    "1 2 3 3.1 3.2 4 5 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.9 5.10 5.11 6 7 8 8.1 8.2 8.3 8.4 8.5 9 10 10.1 10.2 11 11.1 12",
  ),
  list(
    "Solid-OIDC",
    "solid/solid-oidc index.bs @579ffbcc (20 July 2026)",
    "1 1.1 2 3 3.1 4 5 5.1 5.1.1 5.2 6 6.1 6.1.1 7 8 9 9.1 9.1.1 10 10.1 10.2 10.3 11 12 12.1 12.2 13 14 14.1",
  ),
  unread("OpenID Connect Registration", "1.0, errata set 2", "1 2 3 3.1 3.2 3.3 4 4.1 4.2 4.3 4.4 5 6 7 8 9"),
  unread(
    "OpenID Connect Core",
    "1.0, errata set 2",
    "1 2 3 3.1 3.1.1 3.1.2 3.1.2.1 3.2 3.3 4 5 5.1 5.2 5.3 5.4 5.5 5.6 5.7 6 6.1 6.2 6.3 7 7.2 8 8.1 9 10 10.1 10.1.1 10.2 10.2.1 11 12 13 14 15 16",
  ),
  unread("OpenID Connect Discovery", "1.0, errata set 2", "1 2 3 4 4.1 4.2 4.3 5 6 7"),
  unread("OpenID Connect Front-Channel Logout", "1.0", "1 2 3 4 5 6 7"),
  unread(
    "OpenID Connect Back-Channel Logout",
    "1.0, errata set 1",
    "1 2 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3 4 5",
  ),
  unread("OpenID Connect RP-Initiated Logout", "1.0", "1 2 2.1 3 3.1 4 5 6 7"),
  unread("CIBA Core", "1.0", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
  unread("FAPI 2.0 Security Profile", "final", "5 5.2 5.2.2 5.2.2.1 5.2.2.1.1"),
  unread("UMA 2.0 Grant", "Kantara recommendation", "1 2 3"),
  unread("UTS 39", "Unicode Technical Standard", "1 2 3 4 5 5.1 5.2 5.3 5.4"),
  unread("RFC 1123", "RFC Editor", "1 1.1 2 2.1 2.2 2.3 2.4 2.5 3 4 5 6"),
  unread("RFC 2606", "RFC Editor", "1 2 3 4 5"),
  unread(
    "RFC 3986",
    "RFC Editor",
    "1 1.1 1.2 1.3 2 2.1 2.2 2.3 2.4 2.5 3 3.1 3.2 3.2.1 3.2.2 3.2.3 3.3 3.4 3.5 4 4.1 4.2 4.3 4.4 4.5 5 5.1 5.2 5.2.1 5.2.2 5.2.3 5.2.4 5.3 5.4 6 6.1 6.2 6.2.1 6.2.2 6.2.2.1 6.2.2.2 6.2.2.3 6.2.3 6.2.4 7",
  ),
  unread(
    "RFC 5646",
    "RFC Editor",
    "1 2 2.1 2.1.1 2.2 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.2.6 2.2.7 2.2.8 2.2.9 3 4 5 6",
  ),
  unread("RFC 5890", "RFC Editor", "1 2 2.1 2.2 2.3 2.3.2.1 3 3.1 3.2 3.3 4 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8"),
  unread(
    "RFC 6749",
    "RFC Editor",
    "1 2 2.1 2.2 2.3 2.4 3 3.1 3.1.1 3.1.2 3.1.2.1 3.1.2.2 3.1.2.3 3.1.2.4 3.1.2.5 3.2 3.2.1 3.3 4 4.1 4.1.1 4.1.2 4.1.2.1 4.1.3 4.1.4 4.2 4.3 4.4 4.5 5 5.1 5.2 6 7 8 8.1 8.2 8.3 8.4 8.5 9 10 11",
  ),
  unread("RFC 6761", "RFC Editor", "1 2 3 4 5 6 6.1 6.2 6.3 6.4 6.5"),
  unread("RFC 6890", "RFC Editor", "1 2 2.1 2.2 2.2.1 2.2.2 2.2.3 3 4"),
  unread("RFC 7468", "RFC Editor", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
  unread(
    "RFC 7517",
    "RFC Editor",
    "1 2 3 4 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 5 5.1 6 7 8 9 9.1 9.2 9.3 9.4",
  ),
  unread(
    "RFC 7518",
    "RFC Editor",
    "1 2 3 3.1 3.2 3.3 3.4 3.5 3.6 4 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 5 5.1 5.2 5.3 6 6.1 6.2 6.2.1 6.2.1.1 6.2.1.2 6.2.1.3 6.2.2 6.2.2.1 6.3 6.3.1 6.3.1.1 6.3.1.2 6.3.2 6.3.2.1 6.3.2.2 6.3.2.3 6.3.2.4 6.3.2.5 6.3.2.6 6.3.2.7 6.4 6.4.1 7 8",
  ),
  unread("RFC 7519", "RFC Editor", "1 2 3 4 4.1 4.2 4.3 5 5.1 5.2 5.3 6 6.1 7 7.1 7.2 7.3 8 9 10 11 12"),
  unread("RFC 7523", "RFC Editor", "1 2 2.1 2.2 3 3.1 3.2 4 5 6 7 8"),
  unread("RFC 7591", "RFC Editor", "1 1.1 1.2 1.3 2 2.1 2.2 2.3 3 3.1 3.1.1 3.2 3.2.1 3.2.2 4 4.1 4.2 5 6"),
  unread("RFC 7592", "RFC Editor", "1 2 2.1 2.2 2.3 3 4 5 6"),
  unread("RFC 7638", "RFC Editor", "1 1.1 2 3 3.1 3.2 3.2.1 3.3 3.4 3.5 4 5 6 7"),
  unread("RFC 8032", "RFC Editor", "1 2 3 4 5 6 7 8"),
  unread("RFC 8037", "RFC Editor", "1 1.1 2 3 3.1 3.2 4 5"),
  unread(
    "RFC 8252",
    "RFC Editor",
    "1 2 3 4 4.1 5 6 7 7.1 7.2 7.3 8 8.1 8.2 8.3 8.4 8.5 8.6 8.7 8.8 8.9 8.10 8.11 8.12 9 10",
  ),
  unread("RFC 8259", "RFC Editor", "1 2 3 4 5 6 7 8 8.1 8.2 8.3 9 10 11 12 13"),
  unread("RFC 8414", "RFC Editor", "1 2 2.1 3 3.1 3.2 3.3 4 5 6 7"),
  unread("RFC 8705", "RFC Editor", "1 2 2.1 2.1.1 2.1.2 2.2 2.2.1 2.2.2 3 3.1 3.2 3.3 3.4 4 5 6 7 8 9"),
  unread("RFC 8725", "RFC Editor", "1 2 3 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 4 5"),
  unread("RFC 8812", "RFC Editor", "1 2 3 3.1 3.2 4 5"),
  unread(
    "RFC 9101",
    "RFC Editor",
    "1 2 3 4 5 6 6.1 6.2 6.3 7 8 9 9.1 9.2 9.3 9.4 10 10.1 10.2 10.3 10.4 10.5 10.6 10.7 10.8 11 12",
  ),
  unread(
    "RFC 9110",
    "RFC Editor",
    "1 2 3 4 4.1 4.2 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5 4.3 5 5.1 5.2 5.3 6 7 8 8.3 8.3.1 9 9.3.6 10 11 12 13 14 15",
  ),
  unread("RFC 9111", "RFC Editor", "1 1.2.2 2 3 4 5"),
  unread("RFC 9126", "RFC Editor", "1 2 2.1 2.2 2.3 3 4 5 6 7 8"),
  unread("RFC 9207", "RFC Editor", "1 2 2.1 2.2 2.3 2.4 3 4 5"),
  unread("RFC 9396", "RFC Editor", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
  unread("RFC 9449", "RFC Editor", "1 2 3 4 5 5.1 5.2 5.3 6 7 8 9 10 11 12"),
  unread(
    "RFC 9700",
    "RFC Editor",
    "1 2 2.1 2.1.1 2.1.2 2.2 2.2.1 2.2.2 2.3 2.4 2.5 2.6 3 4 4.1 4.1.1 4.1.2 4.1.3 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.11.1 4.11.2 4.12 4.13 4.14 4.15 4.16 4.17 4.18",
  ),
  unread("RFC 9701", "RFC Editor", "1 2 3 4 5 6 7 8 9 10"),
  unread("RFC 9728", "RFC Editor", "1 2 2.1 2.2 3 3.1 3.2 3.3 4 5 5.1 5.2 5.3 6 7 8"),
  unread("RFC 9864", "RFC Editor", "1 2 2.1 2.2 3 4 5 6"),
];
