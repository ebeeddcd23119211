import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import { defineRule, type Report } from "../rule.js";
import { findMethod, hasKeys } from "./methods.js";

const SUBJECTS: readonly string[] = ["subject_dn", "san_dns", "san_uri", "san_ip", "san_email"].map(
  (suffix) => `tls_client_auth_${suffix}`,
);

export const mtls = defineRule({
  id: "auth-method/mtls",
  severity: "error",
  title: "Mutual TLS names the certificate it uses",
  why: "The server has to know which certificate is the client's: one tls_client_auth_… member for a certificate of an authority, the key set for a self-signed one.",
  sources: [rfc(8705, "2.1.2"), rfc(8705, "2.2.2")],
  bad: [
    '"token_endpoint_auth_method": «"tls_client_auth"»',
    '"token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_dns": "app.acme.dev", «"tls_client_auth_san_ip"»: "192.0.2.10"',
    '"token_endpoint_auth_method": «"self_signed_tls_client_auth"»',
  ],
  good: [
    '"token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_dns": "app.acme.dev"',
    '"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    if (!document.complete) return;
    for (const found of [certificateOfAuthority(document), selfSigned(document)]) if (found) report(found);
  },
  fix(document, finding) {
    const member = memberNamedAt(document, finding);
    return member && SUBJECTS.includes(member.key.value) ? deleteMember(document, member) : [];
  },
});

function certificateOfAuthority(document: ClientMetadataDocument): Report | undefined {
  const found = findMethod(document, "tls_client_auth");
  if (!found) return undefined;
  const [first, second] = (document.object?.members ?? []).filter(({ key }) => SUBJECTS.includes(key.value));
  if (!first) {
    return {
      at: found.node,
      pointer: found.pointer,
      message: say`\`tls_client_auth\` needs one member that names the certificate's subject (RFC 8705 §2.1.2). Add \`tls_client_auth_san_dns\`, for example.`,
    };
  }
  return (
    second && {
      at: second.key,
      pointer: jsonPointer(second.key.value),
      message: say`Only one member may name the certificate's subject (RFC 8705 §2.1.2). Keep one of the \`tls_client_auth_…\` members.`,
      related: [{ offset: first.key.offset, end: first.key.end, message: say`The first one` }],
    }
  );
}

function selfSigned(document: ClientMetadataDocument): Report | undefined {
  const found = findMethod(document, "self_signed_tls_client_auth");
  return found && !hasKeys(document)
    ? {
        at: found.node,
        pointer: found.pointer,
        message: say`\`self_signed_tls_client_auth\` needs the certificate in the key set (RFC 8705 §2.2.2). Add \`jwks_uri\` or \`jwks\`.`,
      }
    : undefined;
}

export const mtlsSupport = defineRule({
  id: "auth-method/mtls-support",
  severity: "information",
  title: "The server supports mutual TLS",
  why: "Few authorization servers offer mutual TLS to clients that they know by a metadata document only.",
  sources: [rfc(8705, "2")],
  portability: {
    message:
      "Some servers cannot authenticate clients by mutual TLS. Use none, or private_key_jwt, for their users.",
  },
  bad: ['"token_endpoint_auth_method": «"tls_client_auth"», "tls_client_auth_san_dns": "app.acme.dev"'],
  good: ['"token_endpoint_auth_method": "none"'],
});
