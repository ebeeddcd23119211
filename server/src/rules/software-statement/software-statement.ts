import { jsonPointer } from "../../document/jsonPointer.js";
import { jsonValue } from "../../document/jsonValue.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { base64urlBytes } from "../jwks/base64url.js";
import { defineRule, type Rule } from "../rule.js";
import { readJwt } from "./jwt.js";
import { CLAIMS, HEADER, statement } from "./statement.js";

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

export const precedence = defineRule({
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

/** Rules about `software_statement`. */
export const softwareStatementRules: readonly Rule[] = [jwt];
