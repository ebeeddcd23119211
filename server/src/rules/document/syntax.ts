import type { SyntaxFaultKind } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import type { Finding } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

/** What the parser says about the text itself; one rule a kind of fault. */
interface SyntaxRule extends Pick<Rule, "title" | "why" | "sources" | "bad" | "good"> {
  readonly kind: SyntaxFaultKind;
  readonly id: string;
  readonly severity: Rule["severity"];
  readonly fix?: (text: string, finding: Finding) => Fix;
}

const GOOD: Rule["good"] = ['"client_name": "Acme \\u00e9 \\ud83d\\ude00", "default_max_age": 3600'];

const TABLE: readonly SyntaxRule[] = [
  {
    kind: "json-syntax",
    id: "document/json-syntax",
    severity: "error",
    title: "The text is not well-formed JSON",
    why: "Authorization servers parse the document with a strict JSON parser; one wrong byte and the client is unknown to all of them.",
    sources: [rfc(8259, "2")],
    bad: ['"client_uri": «https://acme.dev»', '="client_id"«: "https://app.acme.dev/oauth/client"»'],
    good: GOOD,
  },
  {
    kind: "comment",
    id: "document/comment",
    severity: "error",
    title: "JSON has no comments",
    why: "Editors tolerate comments in configuration files, authorization servers do not: the whole document is refused.",
    sources: [rfc(8259, "2")],
    bad: ['«// production»\n "software_id": "acme"', '«/* who we are */» "software_id": "acme"'],
    good: ['"client_uri": "https://app.acme.dev/a//b"'],
    fix: (text, { offset, end }) => {
      const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
      const alone = text.slice(lineStart, offset).trim() === "" && /^[ \t]*\r?\n/.test(text.slice(end));
      const stop = alone ? text.indexOf("\n", end) + 1 : end;
      return {
        title: say`Delete the comment`,
        edits: [{ offset: alone ? lineStart : offset, end: stop, newText: "" }],
        preferred: true,
        safe: true,
      };
    },
  },
  {
    kind: "trailing-comma",
    id: "document/trailing-comma",
    severity: "error",
    title: "No comma stands before a closing bracket",
    why: "JavaScript and editors' settings allow a comma after the last item, JSON does not.",
    sources: [rfc(8259, "4"), rfc(8259, "5")],
    bad: [
      '"contacts": ["dev@acme.dev"«,»]',
      '={"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none"«,»}',
    ],
    good: ['"contacts": ["dev@acme.dev", "ops@acme.dev"]'],
    fix: (_text, { offset, end }) => ({
      title: say`Delete the comma`,
      edits: [{ offset, end, newText: "" }],
      preferred: true,
      safe: true,
    }),
  },
  {
    kind: "invalid-number",
    id: "document/invalid-number",
    severity: "error",
    title: "Numbers are plain decimal",
    why: "NaN, Infinity, hex and leading zeros are not JSON; Python-based servers read NaN, all others refuse the document.",
    sources: [rfc(8259, "6")],
    bad: [
      '"default_max_age": «NaN»',
      '"default_max_age": «0123»',
      '"default_max_age": «0x10»',
      '"default_max_age": «+5»',
    ],
    good: ['"default_max_age": 3600', '"default_max_age": 0'],
  },
  {
    kind: "invalid-string",
    id: "document/invalid-string",
    severity: "error",
    title: "Strings hold no raw control characters and only JSON's escapes",
    why: "A raw tab or an escape such as \\x41 looks fine in an editor and makes strict parsers refuse the document.",
    sources: [rfc(8259, "7")],
    bad: ['"software_id": «"a\tb"»', '"software_id": «"a\\x41"»'],
    good: GOOD,
    fix: (text, { offset, end }) => ({
      title: say`Escape the control characters`,
      edits: controlCharacters(text, offset, end),
      preferred: true,
      safe: true,
    }),
  },
  {
    kind: "lone-surrogate",
    id: "document/lone-surrogate",
    severity: "warning",
    title: "Strings are well-formed Unicode",
    why: "Half of a surrogate pair cannot be written as UTF-8; servers replace it or refuse the document.",
    sources: [rfc(8259, "8.2")],
    bad: ['"software_id": «"a\\ud83d"»'],
    good: GOOD,
  },
  {
    kind: "bom",
    id: "document/bom",
    severity: "warning",
    title: "The text starts without a byte order mark",
    why: "JSON senders must not add a byte order mark, and receivers may refuse one; the file works only where a parser tolerates it.",
    sources: [rfc(8259, "8.1")],
    bad: [
      '=«\ufeff»{"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none"}',
    ],
    good: GOOD,
    fix: (_text, { offset, end }) => ({
      title: say`Delete the byte order mark`,
      edits: [{ offset, end, newText: "" }],
      preferred: true,
      safe: true,
    }),
  },
  {
    kind: "too-deep",
    id: "document/too-deep",
    severity: "error",
    title: "Values are nested at most 256 levels deep",
    why: "No client metadata needs such depth, and parsers stop at limits of their own (RFC 8259 §9 lets them).",
    sources: [rfc(8259, "9")],
    bad: [`"x-tree": ${"[".repeat(255)}«[»${"]".repeat(256)}`],
    good: [`"vp_formats_supported": {"jwt_vc": {"alg": ["ES256"]}}`],
  },
];

/** Writes raw control characters of a string as escapes; other faults are left to the author. */
function controlCharacters(text: string, offset: number, end: number): Fix["edits"] {
  const edits: { offset: number; end: number; newText: string }[] = [];
  for (let i = offset; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20)
      edits.push({ offset: i, end: i + 1, newText: JSON.stringify(text.charAt(i)).slice(1, -1) });
  }
  return edits;
}

export const syntaxRules: readonly Rule[] = TABLE.map(({ kind, fix, ...meta }) =>
  defineRule({
    ...meta,
    coveredByJsonService: true,
    check(document, report) {
      for (const fault of document.faults) {
        if (fault.kind === kind) report({ at: fault, pointer: "", message: fault.message });
      }
    },
    ...(fix
      ? {
          fix: (document, finding) => {
            const found = fix(document.text, finding);
            return found.edits.length > 0 ? [found] : [];
          },
        }
      : {}),
  }),
);
