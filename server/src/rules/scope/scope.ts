import { rangeInString } from "../../document/rangeInString.js";
import type { StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { declaresAtproto } from "../atproto/declares.js";
import { deleteMember } from "../deleteMember.js";
import { replaceString } from "../edits.js";
import { memberTypeRule } from "../memberTypeRule.js";
import { defineRule, type Rule } from "../rule.js";
import { placeOfScope, scopeTokens } from "./scopeTokens.js";

/** What RFC 6749 §3.3 lets stand in a scope: printable ASCII without quotation mark and backslash. */
const ILLEGAL = /[^\x20\x21\x23-\x5b\x5d-\x7e\t\n\r]/u;

interface ScopeRule extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "bad" | "good"> {
  /** What is wrong with the value, at offsets into it; without them all of it. */
  readonly test: (
    scope: string,
  ) => { readonly message: string; readonly start?: number; readonly end?: number } | undefined;
  readonly fix?: (scope: string) => string;
}

function scopeRule({ test, fix, ...meta }: ScopeRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      const node = document.string("scope");
      const found = node && test(node.value);
      if (!node || !found) return;
      const { message, start, end } = found;
      report({
        at: start === undefined ? node : rangeInString(node, start, end ?? node.value.length),
        pointer: "/scope",
        message,
      });
    },
    ...(fix
      ? {
          fix(document) {
            const node = document.string("scope");
            const value = node && fix(node.value);
            return node && value !== undefined && value !== node.value
              ? [
                  {
                    title: say`Write ${JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value)}`,
                    edits: [replaceString(node, value)],
                    preferred: true,
                  },
                ]
              : [];
          },
        }
      : {}),
  });
}

const syntax = scopeRule({
  id: "scope/syntax",
  severity: "error",
  title: "Scopes have only characters that scopes allow",
  why: "A scope is printable ASCII without quotation marks and backslashes; servers refuse a request with anything else.",
  sources: [rfc(6749, "3.3")],
  bad: ['"scope": "read w«ü»rite"', '"scope": «"read \\"write\\""»'],
  good: ['"scope": "https://acme.dev/scopes/read files:write"'],
  test(scope) {
    const found = ILLEGAL.exec(scope);
    return found
      ? {
          start: found.index,
          end: found.index + found[0].length,
          message: say`A scope cannot have this character: only printable ASCII without quotation mark and backslash (RFC 6749 §3.3). Delete it.`,
        }
      : undefined;
  },
});

const separators = scopeRule({
  id: "scope/separators",
  severity: "error",
  title: "Scopes are separated by one space",
  why: "The grammar has no other separator; anything else between two scopes becomes part of them.",
  sources: [rfc(6749, "3.3")],
  bad: ['"scope": "read«  »write"', '"scope": «"read\\twrite"»'],
  good: ['"scope": "read write"'],
  test(scope) {
    const found = / {2,}|[\t\n\r]+/.exec(scope.trim());
    if (!found) return undefined;
    const start = scope.indexOf(found[0], scope.length - scope.trimStart().length);
    return {
      start,
      end: start + found[0].length,
      message: say`Scopes are separated by exactly one space (RFC 6749 §3.3). Write one space here.`,
    };
  },
  fix: (scope) => scope.replace(/[ \t\n\r]+/g, " "),
});

const comma = scopeRule({
  id: "scope/comma",
  severity: "warning",
  title: "Scopes are not separated by commas",
  why: "A comma is a character like any other in a scope, so a list with commas is one long scope that no server knows.",
  sources: [rfc(6749, "3.3")],
  bad: ['"scope": "read«,»write"', '"scope": "openid«,» profile"'],
  good: ['"scope": "read write"', '"scope": "https://acme.dev/scopes/read?a=1,2"'],
  test(scope) {
    // Scopes with parameters (`repo:a?action=create,update`) have commas of their own.
    const found = /^[\w.:/-]+(,)/.exec(scope);
    if (!found || /[?={(]/.test(scope)) return undefined;
    const start = found[0].length - 1;
    return {
      start,
      end: start + 1,
      message: say`Commas do not separate scopes, they are part of them (RFC 6749 §3.3). Write a space.`,
    };
  },
  fix: (scope) => scope.replace(/[, ]+/g, " ").trim(),
});

/** The first scope that stands twice, with its place and that of the first copy. */
function repeated(node: StringNode) {
  const first = new Map<string, number>();
  for (const { token, start } of scopeTokens(node)) {
    const earlier = first.get(token);
    if (earlier !== undefined) return { token, start, earlier };
    first.set(token, start);
  }
  return undefined;
}

const duplicate = defineRule({
  id: "scope/duplicate",
  severity: "information",
  title: "Every scope appears once",
  why: "The order and number of scopes mean nothing; atproto servers refuse a document that repeats one.",
  sources: [rfc(6749, "3.3")],
  bad: ['"scope": "read write «read»"'],
  good: ['"scope": "read write"'],
  check(document, report) {
    const node = document.string("scope");
    const found = node && repeated(node);
    if (!node || !found) return;
    const earlier = placeOfScope(node, { token: found.token, start: found.earlier });
    report({
      at: placeOfScope(node, found),
      pointer: "/scope",
      message: say`The scope ${found.token.slice(0, 60)} is in the list already, and a second copy changes nothing. Delete it.`,
      related: [{ offset: earlier.offset, end: earlier.end, message: say`The first one` }],
      tags: ["unnecessary"],
    });
  },
  fix(document) {
    const node = document.string("scope");
    if (!node || !repeated(node)) return [];
    const value = [...new Set(scopeTokens(node).map(({ token }) => token))].join(" ");
    return [
      {
        title: say`Delete the repetitions`,
        edits: [replaceString(node, value)],
        preferred: true,
        safe: true,
      },
    ];
  },
});

const empty = defineRule({
  id: "scope/empty",
  severity: "warning",
  sameAs: ["document/empty-string"],
  title: "scope names at least one scope",
  why: "The grammar requires at least one scope; a client that asks for none leaves the member out.",
  sources: [rfc(6749, "3.3")],
  bad: ['"scope": «""»'],
  good: ['"scope": "read"'],
  check(document, report) {
    const node = document.string("scope");
    if (node?.value.trim() !== "") return;
    report({
      at: node,
      pointer: "/scope",
      message: say`\`scope\` names no scope, and its grammar requires one or more (RFC 6749 §3.3). Name the scopes, or delete the member.`,
    });
  },
  fix: (document) => deleteMember(document, document.member("scope"), { preferred: true }),
});

const characters = defineRule({
  id: "scope/characters",
  severity: "information",
  sameAs: ["scope/syntax", "scope/empty", "scope/separators", "scope/comma"],
  title: "Scopes have only characters that every server takes",
  why: "RFC 6749 allows nearly every printable ASCII character, and some servers accept fewer: Rauthy refuses `?` and `=`, which scopes of atproto have.",
  sources: [rfc(6749, "3.3")],
  portability: {
    message:
      "Some servers accept fewer characters in `scope` than RFC 6749 §3.3. Leave out those that they do not know.",
  },
  bad: ['"scope": «"files?mode=read"»'],
  good: ['"client_name": "Acme"'],
});

const present = defineRule({
  id: "scope/present",
  severity: "information",
  sameAs: ["scope/empty"],
  // The atproto profile requires the member.
  concerns: (document) => !declaresAtproto(document),
  title: "A client of many servers names no scopes",
  why: "What scopes there are is each server's business. One that does not know a scope of the list refuses the document or holds the client to the rest.",
  sources: [rfc(7591, "2")],
  portability: {
    message:
      "Some servers refuse a document with a scope they do not know, others let the client ask for no more than these. Leave `scope` out unless every server has these scopes.",
  },
  bad: ['"scope": «"files:read"»'],
  good: ['"client_name": "Acme"'],
});

export const openid = defineRule({
  id: "scope/openid",
  severity: "hint",
  sameAs: ["scope/present"],
  title: "Members of OpenID Connect need the scope openid",
  why: "Servers answer an OAuth request as one of OpenID Connect only when it asks for openid.",
  sources: [rfc(6749, "3.3")],
  portability: {
    message:
      "Members of OpenID Connect need the scope openid, which some servers do not offer. Use both or neither.",
  },
  bad: ['"require_auth_time": «true»'],
  good: ['"require_auth_time": false'],
});

export const arrayMember = defineRule({
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

export const type = memberTypeRule({
  id: "scope/type",
  member: "scope",
  noun: "one string",
  wrong: '["read"]',
  right: '"read"',
  source: rfc(7591, "2"),
});

/** Rules about `scope`. */
export const scopeRules: readonly Rule[] = [
  syntax,
  characters,
  separators,
  comma,
  duplicate,
  empty,
  present,
  openid,
];
