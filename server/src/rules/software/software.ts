import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { jsonValue } from "../../document/jsonValue.js";
import { say } from "../../localisation/say.js";
import { cimd, cimd03, rfc } from "../../specifications/sources.js";
import { SHARED_SECRET } from "../auth-method/methods.js";
import { base64urlBytes } from "../jwks/base64url.js";
import { defineRule, type Rule } from "../rule.js";
import { type Jwt, readJwt } from "./jwt.js";

const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const idShape = defineRule({
  id: "software-id/shape",
  severity: "off",
  title: "software_id is a UUID",
  why: "RFC 7591 suggests a UUID so that two programs never have the same identifier; a name of your own is allowed.",
  sources: [rfc(7591, "2")],
  bad: ['"software_id": «"acme"»'],
  good: ['"software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"'],
  check(document, report) {
    const node = document.string("software_id");
    if (!node || node.value === "" || UUID.test(node.value)) return;
    report({
      at: node,
      pointer: "/software_id",
      message: say`\`software_id\` should be unlike that of any other program; RFC 7591 §2 suggests a UUID. Generate one and keep it for all versions.`,
    });
  },
});

const versionWithoutId = defineRule({
  id: "software-version/without-id",
  severity: "information",
  title: "software_version comes with software_id",
  why: "The version is that of the program which software_id names; alone it says nothing.",
  sources: [rfc(7591, "2")],
  bad: ['«"software_version"»: "2.1.0"'],
  good: ['"software_version": "2.1.0", "software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"'],
  check(document, report) {
    const member = document.member("software_version");
    if (!member || !document.complete || document.has("software_id")) return;
    report({
      at: member.key,
      pointer: "/software_version",
      message: say`The version belongs to the program that \`software_id\` names (RFC 7591 §2), and there is none. Add \`software_id\`, or delete the version.`,
    });
  },
});

const HEADER = "eyJhbGciOiJFUzI1NiJ9";
const CLAIMS = "eyJpc3MiOiJodHRwczovL2FjbWUuZGV2IiwiY2xpZW50X25hbWUiOiJBY21lIn0";

const jwt = defineRule({
  id: "software-statement/jwt",
  severity: "error",
  title: "The software statement is a signed JWT",
  why: "Somebody the server trusts vouches for the software by a signature; a text that is no signed JWT vouches for nothing.",
  sources: [rfc(7591, "2.3"), rfc(7519, "7.2"), cimd("4.3")],
  bad: [
    '"software_statement": «"acme"»',
    `"software_statement": «"${HEADER}.${CLAIMS}"»`,
    `"software_statement": «"eyJhbGciOiJub25lIn0.${CLAIMS}."»`,
  ],
  good: [`"software_statement": "${HEADER}.${CLAIMS}.c2ln"`],
  check(document, report) {
    const node = document.string("software_statement");
    if (!node || node.value === "" || node.value.trim() !== node.value) return;
    const read = readJwt(node.value);
    if (
      read &&
      read.header["alg"] !== "none" &&
      read.signature !== "" &&
      base64urlBytes(read.signature) !== undefined
    )
      return;
    report({
      at: node,
      pointer: "/software_statement",
      message: read
        ? say`A software statement must be signed (RFC 7591 §2.3), and this one is not. Ask the issuer for a signed one, or delete the member.`
        : say`A software statement is a JWT: header, claims and signature as base64url with dots between (RFC 7591 §2.3). Copy it again.`,
    });
  },
});

/** Claims of the statement itself, which no member of the document repeats (RFC 7519 §4.1). */
const REGISTERED_CLAIMS: ReadonlySet<string> = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);

function statement(document: ClientMetadataDocument): Jwt | undefined {
  const node = document.string("software_statement");
  return node && readJwt(node.value);
}

const precedence = defineRule({
  id: "software-statement/precedence",
  severity: "information",
  title: "The software statement and the document say the same",
  why: "Where the two differ, a server that trusts the statement uses the statement's value, and others use the document's.",
  sources: [rfc(7591, "2.3"), rfc(7591, "3.1.1")],
  bad: [`"client_name": «"Acme Desktop"», "software_statement": "${HEADER}.${CLAIMS}.c2ln"`],
  good: [`"client_name": "Acme", "software_statement": "${HEADER}.${CLAIMS}.c2ln"`],
  check(document, report) {
    const claims = statement(document)?.claims;
    if (!claims) return;
    for (const { key, value } of document.object?.members ?? []) {
      const name = key.value;
      if (!value || REGISTERED_CLAIMS.has(name) || !Object.hasOwn(claims, name)) continue;
      if (JSON.stringify(jsonValue(value)) === JSON.stringify(claims[name])) continue;
      const node = document.string("software_statement");
      report({
        at: value.type === "object" ? key : value,
        pointer: jsonPointer(name),
        message: say`The software statement has another \`${name.slice(0, 40)}\`, which servers that trust it use instead (RFC 7591 §2.3). Make the two agree.`,
        ...(node
          ? { related: [{ offset: node.offset, end: node.end, message: say`The software statement` }] }
          : {}),
      });
    }
  },
});

const SECRET_CLAIMS = ["client_secret", "client_secret_expires_at"];

/** The name of a claim that no metadata document may have, or undefined. */
function barredClaim(claims: Readonly<Record<string, unknown>>): string | undefined {
  const method = claims["token_endpoint_auth_method"];
  if (typeof method === "string" && SHARED_SECRET.has(method)) return "token_endpoint_auth_method";
  const methods = claims["token_endpoint_auth_methods_supported"];
  if (Array.isArray(methods) && methods.some((item) => SHARED_SECRET.has(item as string)))
    return "token_endpoint_auth_methods_supported";
  return SECRET_CLAIMS.find((name) => Object.hasOwn(claims, name));
}

const sharedSecret = defineRule({
  id: "auth-method/shared-secret-statement",
  severity: "error",
  title: "The software statement has no shared secret",
  why: "The statement takes precedence over the members of the document, and it is as public as the document.",
  sources: [cimd03("4.3"), cimd("4.3")],
  bad: [`"software_statement": «"${HEADER}.eyJjbGllbnRfc2VjcmV0IjoiMG1aMnhXOXEifQ.c2ln"»`],
  good: [`"software_statement": "${HEADER}.${CLAIMS}.c2ln"`],
  check(document, report) {
    const node = document.string("software_statement");
    const claims = statement(document)?.claims;
    const barred = claims && barredClaim(claims);
    if (!node || barred === undefined) return;
    report({
      at: node,
      pointer: "/software_statement",
      message: say`The statement's claim \`${barred}\` rests on a shared secret, which a public document cannot have (CIMD draft-03 §4.3). Ask for another statement.`,
    });
  },
});

/** Rules about `software_id`, `software_version` and `software_statement`. */
export const softwareRules: readonly Rule[] = [idShape, versionWithoutId, jwt, sharedSecret, precedence];
