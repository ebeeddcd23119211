import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import type { Member } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { type ServerMetadataName, serverMetadataByName } from "../../metadata/serverMetadata.js";
import { cimd, rfc, type Source } from "../../specifications/sources.js";
import { removeMember, renameMember } from "../edits.js";
import { namedMembers } from "../namedMembers.js";
import type { Finding } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { type UnknownMember, unknownMembers } from "./spelling.js";

interface ForeignRule extends Pick<Rule, "id" | "title" | "why"> {
  readonly document: ServerMetadataName["document"];
  readonly sources: readonly [Source, ...Source[]];
  readonly example: string;
  readonly neighbour: string;
}

/** Makes a rule that finds members which describe a server instead of the client. */
function foreignRule({ document: kind, example, neighbour, ...meta }: ForeignRule): Rule {
  return defineRule({
    ...meta,
    severity: "information",
    bad: [`«"${example}"»: []`],
    good: [`"${neighbour}": []`],
    check(document, report) {
      for (const { member, field } of namedMembers(document)) {
        if (field) continue;
        const { key } = member;
        const found = serverMetadataByName(key.value);
        if (found?.document !== kind) continue;
        report({
          at: key,
          pointer: jsonPointer(key.value),
          message:
            kind === "authorization server metadata"
              ? say`\`${key.value}\` describes an authorization server (${found.spec.label}), and nobody reads it in a client's document. Delete it.`
              : say`\`${key.value}\` describes a protected resource (${found.spec.label}), and nobody reads it in a client's document. Delete it.`,
        });
      }
    },
    fix: deletion,
  });
}

function memberAt({ object }: ClientMetadataDocument, { offset }: Finding): Member | undefined {
  return object?.members.find(({ key }) => key.offset === offset);
}

function deletion(document: ClientMetadataDocument, finding: Finding): readonly Fix[] {
  const { object } = document;
  const member = memberAt(document, finding);
  if (!object || !member) return [];
  const edits = [removeMember(document, object, member)];
  return [{ title: say`Delete ${member.key.value}`, edits, preferred: true }];
}

/** Members that are nobody's, or that another rule names. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "client_secret",
  "client_secret_expires_at",
  "access_token",
  "refresh_token",
  "id_token",
  "password",
  "api_key",
  "private_key",
]);

/** Names that their author set apart from everybody else's: `com.acme.theme`, `https://acme.dev/theme`, `_note`, `x-theme`. */
const SET_APART = /[.:/]|^[_$@]|^x[-_]/;

function isNobodys({ member, meant }: UnknownMember): boolean {
  const name = member.key.value;
  return meant === undefined && name !== "" && !SET_APART.test(name) && !ELSEWHERE.has(name);
}

const info = defineRule({
  id: "unknown-field/info",
  severity: "hint",
  title: "Members of your own have a name of your own",
  why: "Servers should ignore members that they do not know, until a specification gives the name a meaning that is not yours. Some refuse the document instead.",
  sources: [rfc(7591, "2"), cimd("4")],
  bad: ['«"theme"»: "dark"'],
  good: [
    '"dev.acme.theme": "dark"',
    '"_comment": "Deployed from main."',
    '"software_version": "2.1.0", "software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"',
  ],
  check(document, report) {
    for (const unknown of unknownMembers(document)) {
      if (!isNobodys(unknown)) continue;
      const { member } = unknown;
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`No specification knows \`${member.key.value.slice(0, 60)}\`, and servers should ignore it (RFC 7591 §2). If it is yours, put your domain in front, as in com.example.name.`,
      });
    }
  },
  fix(document, finding) {
    const member = memberAt(document, finding);
    const host = document.clientId?.host?.toLowerCase() ?? "";
    const own = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)
      ? `${host.split(".").reverse().join(".")}.${member?.key.value}`
      : undefined;
    const renamed: readonly Fix[] =
      member && own !== undefined && !document.has(own)
        ? [{ title: say`Rename to ${own}`, edits: [renameMember(member, own)] }]
        : [];
    return [...renamed, ...deletion(document, finding).map(({ title, edits }) => ({ title, edits }))];
  },
});

const expiresAt = defineRule({
  id: "unknown-field/client-id-expires-at",
  severity: "information",
  title: "client_id_expires_at is left out until a specification defines it",
  why: "The drafts only note that such a member may come; today no server reads it.",
  sources: [cimd("4")],
  bad: ['«"client_id_expires_at"»: 1798761600'],
  good: ['"client_name": "Acme"'],
  check(document, report) {
    const member = document.member("client_id_expires_at");
    if (!member) return;
    report({
      at: member.key,
      pointer: "/client_id_expires_at",
      message: say`The drafts give \`client_id_expires_at\` no meaning so far. Do not rely on it.`,
    });
  },
  fix: deletion,
});

/** Told by servers that read a document with a fixed list of members. */
const refused = defineRule({
  id: "unknown-field/refused",
  severity: "information",
  title: "A server knows every member",
  why: "Specifications have servers ignore members that they do not know, but some refuse the whole document for one, and their error speaks of something else.",
  sources: [rfc(7591, "2"), cimd("4")],
  sameAs: [
    "unknown-field/typo",
    "unknown-field/camel-case",
    "unknown-field/as-metadata",
    "unknown-field/prm",
  ],
  replaces: ["unknown-field/info", "unknown-field/client-id-expires-at"],
  portability: {
    message:
      "Keycloak 26.6 and 26.7 refuse a document with a member they do not know, and report 'Client Metadata fetch failed'.",
    atName: true,
  },
  bad: ['«"token_endpoint_auth_methods_supported"»: ["none"]'],
  good: ['"software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a", "software_version": "2.1.0"'],
  fix: deletion,
});

const arrayMember = defineRule({
  id: "scope/array-member",
  severity: "information",
  title: "Scopes are in the member scope",
  why: "`scopes` is a name of other software; a server that reserves it refuses the document.",
  sources: [rfc(7591, "2")],
  sameAs: ["unknown-field/typo"],
  portability: {
    message: "The member is called `scope`: one string, with spaces between the scopes. Rename it.",
  },
  bad: ['«"scopes"»: "read"'],
  good: ['"scope": "read"'],
});

/** Rules about members that are well spelt and mean nothing in a client's document. */
export const foreignRules: readonly Rule[] = [
  refused,
  foreignRule({
    id: "unknown-field/as-metadata",
    title: "The client's document does not describe the server",
    why: "Names such as scopes_supported and code_challenge_methods_supported are what a server says of itself; here they have no effect.",
    sources: [rfc(8414, "2"), rfc(7591, "2")],
    document: "authorization server metadata",
    example: "code_challenge_methods_supported",
    neighbour: "token_endpoint_auth_signing_alg_values_supported",
  }),
  foreignRule({
    id: "unknown-field/prm",
    title: "The client's document does not describe the resource",
    why: "Which servers protect a resource is what the resource says of itself; here it has no effect.",
    sources: [rfc(9728, "2"), rfc(7591, "2")],
    document: "protected resource metadata",
    example: "authorization_servers",
    neighbour: "authorization_details_types",
  }),
  info,
  expiresAt,
  arrayMember,
];
