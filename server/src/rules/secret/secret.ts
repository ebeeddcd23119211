import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc, type Source } from "../../specifications/sources.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import type { Severity } from "../problem.js";
import { defineRule, type Rule } from "../rule.js";
import { suspectStrings } from "../stringValues.js";

/** Members that must not, or need not, stand in a public document. */
interface MemberRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly sources: readonly [Source, ...Source[]];
  /** Each name with its message. */
  readonly members: Readonly<
    Record<string, { readonly message: () => string; readonly severity?: Severity }>
  >;
  /** A value to show in the examples. */
  readonly example: string;
}

const MEMBERS: readonly MemberRule[] = [
  {
    id: "secret/client-secret",
    severity: "error",
    title: "The document has no client_secret",
    why: "Anybody can read the document, so a secret in it is public; several servers refuse the document.",
    sources: [cimd("4.1")],
    members: {
      client_secret: {
        message: () =>
          say`\`client_secret\` must not be in a public document (CIMD draft-03 §4.1). Delete it, and replace it wherever it is in use: it is published.`,
      },
    },
    example: '"0mZ2xW9q"',
  },
  {
    id: "secret/client-secret-expires-at",
    severity: "error",
    title: "The document has no client_secret_expires_at",
    why: "There is no client secret that could expire; the draft forbids the member.",
    sources: [cimd("4.1")],
    members: {
      client_secret_expires_at: {
        message: () =>
          say`\`client_secret_expires_at\` must not be in the document (CIMD draft-03 §4.1). Delete it.`,
      },
    },
    example: "0",
  },
  {
    id: "secret/registration-token",
    severity: "error",
    title: "The document has no registration credentials",
    why: "They belong in the response to a dynamic registration; whoever has the token can change that registration.",
    sources: [rfc(7592, "3")],
    members: {
      registration_access_token: {
        message: () =>
          say`\`registration_access_token\` is a credential and the document is public (RFC 7592 §3). Delete it, and replace it wherever it is in use: it is published.`,
      },
      registration_client_uri: {
        severity: "warning",
        message: () =>
          say`\`registration_client_uri\` belongs in the response to a dynamic registration (RFC 7592 §3), and servers ignore it here. Delete it.`,
      },
    },
    example: '"reg-23410913"',
  },
  {
    id: "secret/response-only",
    severity: "information",
    title: "The document has no members of a registration response",
    why: "A server sends such members in response to a dynamic registration; in a document nobody reads them.",
    sources: [rfc(7591, "3.2.1")],
    members: {
      client_id_issued_at: {
        message: () =>
          say`\`client_id_issued_at\` belongs in the response to a dynamic registration (RFC 7591 §3.2.1), and servers ignore it here. Delete it.`,
      },
    },
    example: "1700000000",
  },
  {
    id: "secret/token-members",
    severity: "error",
    title: "The document has no tokens and passwords",
    why: "Anybody can read the document; a credential in it is compromised.",
    sources: [cimd("4.1")],
    members: Object.fromEntries(
      ["access_token", "refresh_token", "id_token", "password", "api_key", "private_key"].map((name) => [
        name,
        {
          message: () =>
            say`\`${name}\` is a credential and the document is public. Delete it, and replace it wherever it is in use: it is published.`,
        },
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
      if (!names.some((name) => document.has(name))) return;
      for (const { key } of document.object?.members ?? []) {
        const found = Object.hasOwn(members, key.value) ? members[key.value] : undefined;
        if (!found) continue;
        report({
          at: key,
          pointer: jsonPointer(key.value),
          message: found.message(),
          ...(found.severity ? { severity: found.severity } : {}),
        });
      }
    },
    fix: (document, finding) => deleteMember(document, memberNamedAt(document, finding), { preferred: true }),
  });
});

/** Shapes that only credentials have. `suspectStrings` finds the strings to look at by the beginning of each. */
export const CREDENTIALS: readonly { readonly pattern: RegExp; readonly what: () => string }[] = [
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/, what: () => say`a GitHub token` },
  { pattern: /\bgithub_pat_[A-Za-z0-9_]{50,}/, what: () => say`a GitHub token` },
  { pattern: /\bglpat-[A-Za-z0-9_-]{20,}/, what: () => say`a GitLab token` },
  { pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/, what: () => say`an API key` },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, what: () => say`an AWS access key` },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/, what: () => say`a Slack token` },
  { pattern: /\bAIza[A-Za-z0-9_-]{35}/, what: () => say`a Google API key` },
];

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
    for (const { node, pointer, name } of suspectStrings(document)) {
      if (LOOKS_RANDOM.has(name)) continue;
      const found = CREDENTIALS.find(({ pattern }) => pattern.test(node.value));
      if (!found) continue;
      report({
        at: node,
        pointer,
        message: say`This looks like ${found.what()}, and the document is public. Delete it and have it replaced: once published it is known.`,
      });
    }
  },
});

/** Rules about secrets in a public document. */
export const secretRules: readonly Rule[] = [...memberRules, heuristic];
