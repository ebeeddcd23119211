import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { cimd, oidcCore, rfc } from "../../specifications/sources.js";
import { removeMember } from "../edits.js";
import { defineRule, type Report, type Rule } from "../rule.js";
import { findMethod, hasKeys, isPublicClient } from "./methods.js";

const noKeys = defineRule({
  id: "auth-method/private-key-jwt-no-keys",
  severity: "error",
  title: "private_key_jwt comes with public keys",
  why: "The server checks the client's signature with a public key that it finds through the document; without one no sign-in can be finished.",
  sources: [cimd("8.2"), oidcCore("9", "ClientAuthentication")],
  bad: [
    '"token_endpoint_auth_method": «"private_key_jwt"»',
    '"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["none", «"private_key_jwt"»]',
  ],
  good: [
    '"token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
    '"token_endpoint_auth_method": "none"',
  ],
  check(document, report) {
    if (!document.complete || hasKeys(document)) return;
    const found = findMethod(document, "private_key_jwt");
    if (!found) return;
    report({
      at: found.node,
      pointer: found.pointer,
      message: say`\`private_key_jwt\` needs a public key that servers can find (CIMD draft-02 §8.2). Add \`jwks_uri\` (or \`jwks\`), or use none.`,
    });
  },
});

/** Members that put published keys to another use than client authentication. */
const OTHER_USES =
  /_encrypted_response_alg$|^(?:request_object_signing_alg|backchannel_authentication_request_signing_alg|require_signed_request_object)$/;

const keysWithoutMethod = defineRule({
  id: "auth-method/keys-without-method",
  severity: "information",
  title: "Published keys come with private_key_jwt",
  why: "With the method none the client does not authenticate, so nobody looks at its keys and it stays a public client.",
  sources: [cimd("8.2"), rfc(7591, "2")],
  bad: ['«"jwks_uri"»: "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "none"'],
  good: [
    '"jwks_uri": "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "private_key_jwt"',
    '"jwks_uri": "https://app.acme.dev/jwks.json", "token_endpoint_auth_method": "none", "request_object_signing_alg": "ES256"',
  ],
  check(document, report) {
    const member = document.member("jwks_uri") ?? document.member("jwks");
    if (!member || !document.object || !isPublicClient(document)) return;
    if (member.value?.type !== (member.key.value === "jwks" ? "object" : "string")) return;
    if (document.object.members.some(({ key }) => OTHER_USES.test(key.value))) return;
    report({
      at: member.key,
      pointer: jsonPointer(member.key.value),
      message: say`The method is none, so no server looks at these keys (CIMD draft-02 §8.2). Use private_key_jwt if the client holds the private key, or delete the member.`,
    });
  },
});

const SUBJECTS: readonly string[] = ["subject_dn", "san_dns", "san_uri", "san_ip", "san_email"].map(
  (suffix) => `tls_client_auth_${suffix}`,
);

const mtls = defineRule({
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
  fix(document, { offset }) {
    const object = document.object;
    const member = object?.members.find(({ key }) => key.offset === offset && SUBJECTS.includes(key.value));
    return object && member
      ? [{ title: say`Delete ${member.key.value}`, edits: [removeMember(document, object, member)] }]
      : [];
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

const mtlsSupport = defineRule({
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

const privateKeyJwtSupport = defineRule({
  id: "auth-method/private-key-jwt-support",
  severity: "information",
  title: "The server accepts clients with a key of their own",
  why: "Some servers accept only public clients from metadata documents and refuse one that wants to authenticate with a key.",
  sources: [rfc(7523, "2.2"), cimd("4.1")],
  portability: { message: "Some servers accept only public clients. Use none for their users." },
  bad: ['"token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json"'],
  good: ['"token_endpoint_auth_method": "none"'],
});

const publicNative = defineRule({
  id: "auth-method/public-native",
  severity: "warning",
  title: "An app that people install has no key of its own",
  why: "Every copy would carry the same private key, and whoever has a copy has the key.",
  sources: [rfc(8252, "8.4"), rfc(8252, "8.5")],
  bad: [
    '"application_type": "native", "token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json", "redirect_uris": ["http://127.0.0.1/callback"]',
  ],
  good: [
    '"application_type": "native", "token_endpoint_auth_method": "none", "redirect_uris": ["http://127.0.0.1/callback"]',
    '"application_type": "native", "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const method = document.string("token_endpoint_auth_method");
    if (method?.value !== "private_key_jwt" || document.string("application_type")?.value !== "native")
      return;
    // An https redirect may lead to the app's own server, which can keep a key.
    if (document.redirects.length === 0) return;
    if (document.redirects.some(({ uri }) => uri.kind === "claimed-https")) return;
    report({
      at: method,
      pointer: "/token_endpoint_auth_method",
      message: say`Native apps are public clients: a key that every copy shares is no secret (RFC 8252 §8.4). Use none, unless a server of yours does the signing.`,
    });
  },
});

/** Rules about methods and the keys or certificates they need. */
export const keyRules: readonly Rule[] = [
  noKeys,
  keysWithoutMethod,
  mtls,
  mtlsSupport,
  privateKeyJwtSupport,
  publicNative,
];
