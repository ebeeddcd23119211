import { say } from "../../localisation/say.js";
import { cimd, oidcCore, oidcRegistration, rfc, rpMetadataChoices } from "../../specifications/sources.js";
import { addItem, addMember, removeMember } from "../edits.js";
import { listedResponseTypes } from "../grant-types/grants.js";
import { isSymmetric } from "../jwks/algorithms.js";
import { defineRule, type Rule } from "../rule.js";

const CLIENT_METADATA = oidcRegistration("2", "ClientMetadata");

/** A member that names one choice, and the list of the choices the client has. */
const CHOICES: readonly (readonly [singular: string, plural: string])[] = [
  ["subject_type", "subject_types_supported"],
  ["token_endpoint_auth_signing_alg", "token_endpoint_auth_signing_alg_values_supported"],
  [
    "backchannel_authentication_request_signing_alg",
    "backchannel_authentication_request_signing_alg_values_supported",
  ],
  ["request_object_signing_alg", "request_object_signing_alg_values_supported"],
  ["request_object_encryption_alg", "request_object_encryption_alg_values_supported"],
  ["request_object_encryption_enc", "request_object_encryption_enc_values_supported"],
  ...["id_token", "userinfo", "authorization", "introspection"].flatMap((what): [string, string][] => [
    [`${what}_signed_response_alg`, `${what}_signing_alg_values_supported`],
    [`${what}_encrypted_response_alg`, `${what}_encryption_alg_values_supported`],
    [`${what}_encrypted_response_enc`, `${what}_encryption_enc_values_supported`],
  ]),
];

const singularPlural = defineRule({
  id: "oidc/singular-plural",
  severity: "error",
  title: "The preferred choice is one of the supported ones",
  why: "The list says what the client can do; a preferred value outside of it contradicts the list, and servers refuse the document.",
  sources: [rpMetadataChoices("2")],
  bad: [
    '"id_token_signed_response_alg": «"ES256"», "id_token_signing_alg_values_supported": ["RS256"]',
    '"subject_type": «"public"», "subject_types_supported": ["pairwise"]',
  ],
  good: [
    '"id_token_signed_response_alg": "ES256", "id_token_signing_alg_values_supported": ["RS256", "ES256"]',
  ],
  check(document, report) {
    for (const [singular, plural] of CHOICES) {
      const list = document.array(plural);
      const node = document.string(singular);
      if (!list || !node || node.value === "") continue;
      if (document.strings(plural).some((item) => item.node.value === node.value)) continue;
      report({
        at: node,
        pointer: `/${singular}`,
        message: say`\`${node.value.slice(0, 30)}\` is not in \`${plural}\`, where it has to be (RP Metadata Choices §2). Add it there.`,
        related: [{ offset: list.offset, end: list.end, message: say`The supported values` }],
        data: plural,
      });
    }
  },
  fix(document, { pointer, data }) {
    const node = document.string(pointer.slice(1));
    const list = typeof data === "string" ? document.array(data) : undefined;
    const edit = node && list && addItem(document, list, node.value);
    return edit ? [{ title: say`Add ${node.value} to the list`, edits: [edit], preferred: true }] : [];
  },
});

/** Members that name an algorithm, `token_endpoint_auth_signing_alg` left to its own rules. */
const ALGORITHM_MEMBERS: readonly string[] = CHOICES.map(([singular]) => singular).filter(
  (name) => name.endsWith("_alg") && name !== "token_endpoint_auth_signing_alg",
);

const hsAlg = defineRule({
  id: "oidc/hs-alg",
  severity: "error",
  title: "No algorithm needs a shared secret",
  why: "HS256, A128KW, dir and their like work with the client secret, and a client known by a public document has none.",
  sources: [cimd("4.1"), oidcCore("10.1", "Signing"), oidcCore("10.2", "Encryption")],
  bad: ['"id_token_signed_response_alg": «"HS256"»', '"userinfo_encrypted_response_alg": «"dir"»'],
  good: ['"id_token_signed_response_alg": "RS256"'],
  check(document, report) {
    for (const name of ALGORITHM_MEMBERS) {
      const node = document.string(name);
      if (!node || !isSymmetric(node.value)) continue;
      report({
        at: node,
        pointer: `/${name}`,
        message: name.includes("encr")
          ? say`\`${node.value}\` works with a client secret, and a public document cannot have one (CIMD draft-02 §4.1). Use RSA-OAEP-256 or ECDH-ES.`
          : say`\`${node.value}\` works with a client secret, and a public document cannot have one (CIMD draft-02 §4.1). Use RS256 or ES256.`,
      });
    }
  },
});

const encWithoutAlg = defineRule({
  id: "oidc/enc-without-alg",
  severity: "error",
  title: "Encryption names both of its algorithms",
  why: "…_enc encrypts the content, …_alg its key; with only the first nothing can be encrypted.",
  sources: [CLIENT_METADATA, rfc(9701, "6")],
  bad: ['«"id_token_encrypted_response_enc"»: "A256GCM"', '«"request_object_encryption_enc"»: "A256GCM"'],
  good: ['"id_token_encrypted_response_alg": "RSA-OAEP-256", "id_token_encrypted_response_enc": "A256GCM"'],
  check(document, report) {
    if (!document.complete) return;
    for (const [name] of CHOICES) {
      const member = name.endsWith("_enc") ? document.member(name) : undefined;
      const partner = name.replace(/_enc$/, "_alg");
      if (!member || document.has(partner)) continue;
      report({
        at: member.key,
        pointer: `/${name}`,
        message: say`\`${name}\` needs \`${partner}\` beside it (${name.startsWith("introspection") ? "RFC 9701 §6" : "OpenID Connect Registration §2"}). Add it, or delete this member.`,
      });
    }
  },
  fix(document, { pointer }) {
    const name = pointer.slice(1);
    const { object } = document;
    const member = document.member(name);
    const edit = addMember(document, name.replace(/_enc$/, "_alg"), "RSA-OAEP-256");
    return [
      ...(edit ? [{ title: say`Add ${name.replace(/_enc$/, "_alg")}: RSA-OAEP-256`, edits: [edit] }] : []),
      ...(object && member
        ? [{ title: say`Delete ${name}`, edits: [removeMember(document, object, member)] }]
        : []),
    ];
  },
});

const idTokenNone = defineRule({
  id: "oidc/id-token-alg-none",
  severity: "information",
  title: "ID tokens are signed",
  why: "none is allowed only when every ID token comes from the token endpoint; in the redirect anybody could write one.",
  sources: [CLIENT_METADATA, rfc(8725, "3.2")],
  bad: [
    '"id_token_signed_response_alg": «"none"»',
    '"id_token_signed_response_alg": «"none"», "response_types": ["code", "vp_token id_token"]',
  ],
  good: ['"id_token_signed_response_alg": "RS256"'],
  check(document, report) {
    const node = document.string("id_token_signed_response_alg");
    if (node?.value !== "none") return;
    const front = listedResponseTypes(document).some(({ words }) => words.includes("id_token"));
    report({
      at: node,
      pointer: "/id_token_signed_response_alg",
      ...(front ? { severity: "error" as const } : {}),
      message: front
        ? say`With a response type that has id_token, ID tokens must be signed (OpenID Connect Registration §2). Use RS256.`
        : say`Unsigned ID tokens are allowed only with the code flow, and many servers do not offer them (OpenID Connect Registration §2). RS256 works everywhere.`,
    });
  },
});

const requestObjectNone = defineRule({
  id: "oidc/request-object-alg",
  severity: "warning",
  title: "Request objects are signed",
  why: "An unsigned request object protects nothing: whoever sits between can change it.",
  sources: [rfc(9101, "10.5"), rfc(8725, "3.2")],
  bad: [
    '"request_object_signing_alg": «"none"»',
    '"request_object_signing_alg": «"none"», "require_signed_request_object": true, "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  good: ['"request_object_signing_alg": "ES256", "jwks_uri": "https://app.acme.dev/jwks.json"'],
  check(document, report) {
    const node = document.string("request_object_signing_alg");
    if (node?.value !== "none") return;
    const flag = document.value("require_signed_request_object");
    const required = flag?.type === "boolean" && flag.value;
    report({
      at: node,
      pointer: "/request_object_signing_alg",
      ...(required ? { severity: "error" as const } : {}),
      message: required
        ? say`\`require_signed_request_object\` forbids unsigned request objects, so no request could pass (RFC 9101 §10.5). Use ES256 or RS256.`
        : say`Unsigned request objects protect nothing (RFC 9101 §10.5). Use ES256 or RS256, or delete the member.`,
    });
  },
});

const idTokenAlg = defineRule({
  id: "oidc/id-token-alg",
  severity: "information",
  title: "The server signs ID tokens with this algorithm",
  why: "Every OpenID provider signs with RS256; anything else is each server's business.",
  sources: [CLIENT_METADATA],
  portability: {
    message: "Some servers do not sign ID tokens with this algorithm. Use RS256, or leave the member out.",
  },
  bad: ['"id_token_signed_response_alg": «"ES512"»'],
  good: ['"client_name": "Acme"'],
});

/** Rules about the algorithms of OpenID Connect, JARM and JWT introspection. */
export const oidcAlgorithmRules: readonly Rule[] = [
  singularPlural,
  hsAlg,
  encWithoutAlg,
  idTokenNone,
  idTokenAlg,
  requestObjectNone,
];
