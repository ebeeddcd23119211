import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import type { JsonNode, StringNode } from "../../document/syntaxTree.js";
import { cimd, rfc, type Source } from "../../specifications/sources.js";
import { removeMember } from "../edits.js";
import type { Severity } from "../problem.js";
import { defineRule, type Rule } from "../rule.js";

/** Members that must not, or need not, stand in a public document. */
interface MemberRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly sources: readonly [Source, ...Source[]];
  /** Each name with its message. */
  readonly members: Readonly<Record<string, { readonly message: string; readonly severity?: Severity }>>;
  /** A value to show in the examples. */
  readonly example: string;
}

const PUBLISHED = "Delete it, and replace it wherever it is in use: it is published.";

const MEMBERS: readonly MemberRule[] = [
  {
    id: "secret/client-secret",
    severity: "error",
    title: "No client_secret in the document",
    why: "Anybody can read the document, so a secret in it is public; several servers refuse the document.",
    sources: [cimd("4.1")],
    members: {
      client_secret: {
        message: `\`client_secret\` must not stand in a public document (CIMD draft-02 §4.1). ${PUBLISHED}`,
      },
    },
    example: '"0mZ2xW9q"',
  },
  {
    id: "secret/client-secret-expires-at",
    severity: "error",
    title: "No client_secret_expires_at in the document",
    why: "There is no client secret that could expire; the draft forbids the member.",
    sources: [cimd("4.1")],
    members: {
      client_secret_expires_at: {
        message: "`client_secret_expires_at` must not stand in the document (CIMD draft-02 §4.1). Delete it.",
      },
    },
    example: "0",
  },
  {
    id: "secret/registration-token",
    severity: "error",
    title: "No registration credentials in the document",
    why: "They belong to a dynamic registration's answer; whoever has the token can change that registration.",
    sources: [rfc(7592, "3")],
    members: {
      registration_access_token: {
        message: `\`registration_access_token\` is a credential and the document is public (RFC 7592 §3). ${PUBLISHED}`,
      },
      registration_client_uri: {
        severity: "warning",
        message:
          "`registration_client_uri` belongs to a dynamic registration's answer (RFC 7592 §3), and servers ignore it here. Delete it.",
      },
    },
    example: '"reg-23410913"',
  },
  {
    id: "secret/response-only",
    severity: "information",
    title: "No members of a registration's answer in the document",
    why: "Such members are the server's words in a dynamic registration; in a document nobody reads them.",
    sources: [rfc(7591, "3.2.1")],
    members: {
      client_id_issued_at: {
        message:
          "`client_id_issued_at` belongs to a dynamic registration's answer (RFC 7591 §3.2.1), and servers ignore it here. Delete it.",
      },
    },
    example: "1700000000",
  },
  {
    id: "secret/token-members",
    severity: "error",
    title: "No tokens and passwords in the document",
    why: "Anybody can read the document; a credential in it is burnt.",
    sources: [cimd("4.1")],
    members: Object.fromEntries(
      ["access_token", "refresh_token", "id_token", "password", "api_key", "private_key"].map((name) => [
        name,
        { message: `\`${name}\` is a credential and the document is public. ${PUBLISHED}` },
      ]),
    ),
    example: '"eyJhbGciOi"',
  },
];

const memberRules = MEMBERS.map(({ members, example, ...meta }): Rule => {
  const names = Object.keys(members) as [string, ...string[]];
  return defineRule({
    ...meta,
    bad: names.map((name) => `«"${name}"»: ${example}`) as unknown as [string, ...string[]],
    good: ['"client_name": "Acme"'],
    check(document, report) {
      for (const { key } of document.object?.members ?? []) {
        const found = Object.hasOwn(members, key.value) ? members[key.value] : undefined;
        if (!found) continue;
        report({
          at: key,
          pointer: jsonPointer(key.value),
          message: found.message,
          ...(found.severity ? { severity: found.severity } : {}),
        });
      }
    },
    fix(document, { offset }) {
      const object = document.object;
      const member = object?.members.find(({ key }) => key.offset === offset);
      return object && member
        ? [
            {
              title: `Delete ${member.key.value}`,
              edits: [removeMember(document, object, member)],
              preferred: true,
            },
          ]
        : [];
    },
  });
});

/** Shapes that only credentials have. */
const CREDENTIALS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/, what: "a GitHub token" },
  { pattern: /\bgithub_pat_[A-Za-z0-9_]{50,}/, what: "a GitHub token" },
  { pattern: /\bglpat-[A-Za-z0-9_-]{20,}/, what: "a GitLab token" },
  { pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/, what: "an API key" },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, what: "an AWS access key" },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/, what: "a Slack token" },
  { pattern: /\bAIza[A-Za-z0-9_-]{35}/, what: "a Google API key" },
];

/** Any of them; most strings fail this one test. */
const ANY_CREDENTIAL = new RegExp(CREDENTIALS.map(({ pattern }) => pattern.source).join("|"));

/** Members whose long values are supposed to look random. */
const LOOKS_RANDOM: ReadonlySet<string> = new Set(["jwks", "software_statement"]);

const heuristic = defineRule({
  id: "secret/heuristic",
  severity: "warning",
  title: "No value looks like a credential",
  why: "The document is public. Keys of well-known services have shapes that nothing else has.",
  sources: [cimd("4.1")],
  bad: [`"software_id": «"ghp_${"a1B2".repeat(9)}"»`],
  good: ['"software_id": "6f9619ff-8b86-4011-b42d-00cf4fc964ff"'],
  check(document, report) {
    visitStrings(document, (node, pointer) => {
      if (!ANY_CREDENTIAL.test(node.value)) return;
      const found = CREDENTIALS.find(({ pattern }) => pattern.test(node.value));
      if (!found) return;
      report({
        at: node,
        pointer,
        message: `This looks like ${found.what}, and the document is public. Delete it and have it replaced: once published it is known.`,
      });
    });
  },
});

function visitStrings(
  document: ClientMetadataDocument,
  visit: (node: StringNode, pointer: string) => void,
): void {
  const walk = (node: JsonNode, path: readonly (string | number)[]): void => {
    if (node.type === "string") {
      if (node.value.length >= 14) visit(node, jsonPointer(...path));
    } else if (node.type === "array") {
      node.items.forEach((item, index) => {
        walk(item, [...path, index]);
      });
    } else if (node.type === "object") {
      for (const { key, value } of node.members) if (value) walk(value, [...path, key.value]);
    }
  };
  for (const { key, value } of document.object?.members ?? []) {
    if (value && !LOOKS_RANDOM.has(key.value)) walk(value, [key.value]);
  }
}

export const secretRules: readonly Rule[] = [...memberRules, heuristic];
