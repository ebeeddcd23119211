import { type Analysis, analyse } from "../../server/src/check/analyse.js";
import { fixesOf } from "../../server/src/languageFeatures/codeActions.js";

/** Members of a document without a flaw; a test changes single ones. */
const FLAWLESS = {
  client_id: "https://app.acme.dev/oauth/client",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** What the rules alone say of a flawless document with these members instead. */
export function check(members: Readonly<Record<string, unknown>>): Analysis {
  return analyse(JSON.stringify({ ...FLAWLESS, ...members }), { servers: { mode: "none" } });
}

/** The ids of the rules that find something. */
export function rulesOf(members: Readonly<Record<string, unknown>>): string[] {
  return check(members).findings.map(({ rule }) => rule);
}

/** The document as a value, after the first fix of a rule's first finding. */
export function fixed(rule: string, members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const analysis = check(members);
  const finding = analysis.findings.find((found) => found.rule === rule);
  const fix = finding && fixesOf(analysis, finding)[0];
  if (!fix) throw new Error(`no fix of ${rule}`);
  let { text } = analysis.document;
  for (const { offset, end, newText } of [...fix.edits].sort((a, b) => b.offset - a.offset)) {
    text = text.slice(0, offset) + newText + text.slice(end);
  }
  return JSON.parse(text) as Record<string, unknown>;
}
