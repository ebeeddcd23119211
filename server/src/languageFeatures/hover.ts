import type { Hover } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import type { RedirectEntry } from "../document/clientMetadataDocument.js";
import type { Position } from "../document/lineIndex.js";
import { rangeInString } from "../document/rangeInString.js";
import type { JsonNode, Member, StringNode } from "../document/syntaxTree.js";
import { enumerate } from "../localisation/enumerate.js";
import { say, translated } from "../localisation/say.js";
import { ASSERTION_TYPE } from "../metadata/authMethods.js";
import { describeField, sourceLink } from "../metadata/describe.js";
import type { Field } from "../metadata/field.js";
import { fieldByName, jwkMemberByName } from "../metadata/fields.js";
import { scopeByValue } from "../metadata/scopes.js";
import type { RedirectKind } from "../redirects/classify.js";
import { findMethod } from "../rules/auth-method/methods.js";
import { type Jwk, keysOf } from "../rules/jwks/keySet.js";
import { ruleById } from "../rules/rules.js";
import { MAX_LISTED, olderVerdicts } from "../servers/evaluate.js";
import type { Verdict } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import { hostKind } from "../uri/host.js";
import { keyFacts } from "./keyFacts.js";
import { code } from "./markdown.js";

const KIND: Readonly<Record<RedirectKind, () => string>> = {
  loopback: () =>
    say`**Loopback redirect** ([RFC 8252 §7.3](https://www.rfc-editor.org/rfc/rfc8252#section-7.3)): the client listens on the user's own machine.`,
  "claimed-https": () =>
    say`**Claimed https redirect** ([RFC 8252 §7.2](https://www.rfc-editor.org/rfc/rfc8252#section-7.2)): only who controls the host receives the answer.`,
  "loopback-https": () =>
    say`**https on loopback**: works only with a certificate for the user's own machine.`,
  http: () =>
    say`**Plain http**: not allowed, except to the machine itself ([RFC 9700 §2.6](https://www.rfc-editor.org/rfc/rfc9700#section-2.6)).`,
  "private-use": () =>
    say`**Private-use URI scheme redirect** ([RFC 8252 §7.1](https://www.rfc-editor.org/rfc/rfc8252#section-7.1)): the operating system opens the app that has the scheme.`,
  unsafe: () => say`**Unsafe scheme**: nothing that a server may redirect to.`,
  urn: () => say`**URN**: a name, not an address to return to.`,
  relative: () => say`**Not absolute**: a browser cannot be sent there.`,
};

/** What a hover is about: the text to underline, and what is said about it. */
interface Subject {
  readonly place: { readonly offset: number; readonly end: number };
  readonly parts: readonly string[];
}

/**
 * What the thing under the cursor means: a member, a known value, a scope, the client identifier URL, a redirect URI, a key of `jwks`; and why the
 * problems there matter.
 *
 * @param position zero-based, UTF-16
 * @param clientCommands commands that the editor has; links to others are left out
 */
export async function hover(
  analysis: Analysis,
  position: Position,
  clientCommands: ReadonlySet<string> = new Set(),
): Promise<Hover | undefined> {
  const { document } = analysis;
  const offset = document.lines.offsetAt(position);
  const member = document.object?.members.find((found) => found.offset <= offset && offset <= found.end);
  if (!member) return undefined;
  const { place, parts } =
    (await keySubject(analysis, offset)) ??
    subjectOf(analysis, member, offset, clientCommands.has(SHOW_COMPATIBILITY));
  if (place.offset > offset || offset > place.end) return undefined;
  const text = [...parts, ...reasons(analysis, offset)].filter((part) => part !== "").join("\n\n---\n\n");
  if (text === "") return undefined;
  return { contents: { kind: "markdown", value: text }, range: document.range(place) };
}

function subjectOf(analysis: Analysis, member: Member, offset: number, hasView: boolean): Subject {
  const entry = analysis.document.redirects.find(({ node }) => node.offset <= offset && offset <= node.end);
  if (entry) return { place: entry.node, parts: [describeRedirect(analysis, entry, hasView)] };
  const value = valueSubject(fieldByName(member.key.value), member.value, offset);
  return (
    value ?? {
      place: offset <= member.key.end ? member.key : (member.value ?? member.key),
      parts: [
        describeMember(member),
        ...(member.key.value === "client_id" ? [describeClientId(analysis)] : []),
      ],
    }
  );
}

/** A value that has a meaning of its own: one of a known list, or one scope of several. */
function valueSubject(
  field: Field | undefined,
  value: JsonNode | undefined,
  offset: number,
): Subject | undefined {
  const nodes = value?.type === "array" ? value.items : value ? [value] : [];
  const node = nodes.find((found) => found.offset <= offset && offset <= found.end);
  if (!field || node?.type !== "string") return undefined;
  if (field.name === "scope") return scopeSubject(node, offset);
  const known = field.values?.find((found) => found.value === node.value);
  if (!known?.summary) return undefined;
  const link = `[${field.spec.label}](${field.spec.url})`;
  return { place: node, parts: [`${code(known.value)}: ${translated(known.summary)}\n\n${link}`] };
}

function scopeSubject(node: StringNode, offset: number): Subject | undefined {
  let start = 0;
  for (const word of node.value.split(" ")) {
    const place = rangeInString(node, start, start + word.length);
    const known = scopeByValue(word);
    // With escapes in the string nothing tells one scope's place from another's.
    if (known && place.offset !== node.offset && place.offset <= offset && offset <= place.end) {
      const text = `${code(word)}: ${translated(known.summary)}`;
      return { place, parts: [`${text}\n\n[${known.spec.label}](${known.spec.url})`] };
    }
    start += word.length + 1;
  }
  return undefined;
}

/** A key of the inline `jwks`: its member under the cursor, then the key as a whole. */
async function keySubject({ document }: Analysis, offset: number): Promise<Subject | undefined> {
  const holds = ({ offset: start, end }: JsonNode | Member): boolean => start <= offset && offset <= end;
  const key = keysOf(document).find(({ node }) => holds(node));
  if (!key) return undefined;
  const member = key.node.members.find(holds);
  const field = member && jwkMemberByName(member.key.value);
  const about = await describeKey(key, findMethod(document, "private_key_jwt") !== undefined);
  const value = valueSubject(field, member?.value, offset);
  if (value) return { ...value, parts: [...value.parts, about] };
  return {
    place: member ? (offset <= member.key.end ? member.key : (member.value ?? member.key)) : key.node,
    parts: [field ? describeField(field) : "", about],
  };
}

async function describeKey(key: Jwk, signsAssertions: boolean): Promise<string> {
  const { kind, strength, thumbprint } = await keyFacts(key);
  const lines = [
    kind === undefined ? "" : say`Key: ${code(kind)}`,
    strength ?? "",
    thumbprint === undefined
      ? ""
      : say`Thumbprint ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638), SHA-256): ${code(thumbprint)}`,
    signsAssertions && key.text("use") !== "enc"
      ? say`An assertion signed with it says its type in the header, ${code(`"typ": "${ASSERTION_TYPE.typ}"`)} (${sourceLink(ASSERTION_TYPE.spec)}).`
      : "",
  ];
  return lines
    .filter((line) => line !== "")
    .map((line) => `- ${line}`)
    .join("\n");
}

function describeMember({ key }: Member): string {
  const field = fieldByName(key.value);
  return field ? describeField(field) : "";
}

function describeClientId({ document }: Analysis): string {
  const parts = document.clientId;
  if (!parts?.host) return "";
  const kind = hostKind(parts.host);
  const lines = [
    kind === "name" ? say`Host: ${code(parts.host)}` : say`Host: ${code(parts.host)} (not a public name)`,
    ...(parts.port === undefined ? [] : [say`Port: ${code(parts.port)}`]),
    say`Path: ${code(parts.path)}`,
    ...(parts.query === undefined ? [] : [say`Query: ${code(parts.query)}`]),
  ];
  const compared = say`Servers compare this URL character by character with the address they fetch.`;
  return `${compared}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
}

/** So many older releases that do otherwise are told; the view has all. */
const MOST_OLDER = 2;

/** So many servers are named for each outcome, and the others counted. */
const MOST_NAMES = 4;

/**
 * The kind of a redirect URI, and what servers do with this entry, in no more lines than an editor shows without scrolling.
 *
 * @param hasView whether the editor has the compatibility view, which tells the rest
 */
function describeRedirect(
  { document, verdicts, options }: Analysis,
  { index, uri, node }: RedirectEntry,
  hasView: boolean,
): string {
  const outcomes = new Map<string, string[]>(OUTCOMES.map((outcome) => [WORDS[outcome](), []]));
  const older: string[] = [];
  const wordsFor = ({ verdict, signIn }: Verdict) => {
    const entry = signIn[index]?.entry === node.value ? signIn[index] : undefined;
    return WORDS[verdict === "refuses" ? "refused" : (entry?.outcome ?? "unknown")]();
  };
  // Verdicts list no entries behind these, so there is nothing to tell of one.
  for (const verdict of index < MAX_LISTED ? verdicts : []) {
    const server = serverById(verdict.server);
    const name = server?.name ?? verdict.server;
    const words = wordsFor(verdict);
    outcomes.get(words)?.push(name);
    const olderOnes = server ? olderVerdicts(document, server, verdict, options.onServerFailure) : [];
    for (const { before, verdict: other } of olderOnes) {
      const otherWords = wordsFor(other);
      if (otherWords !== words) older.push(say`${name} before ${before}: ${otherWords}`);
    }
  }
  const current = [...outcomes]
    .filter(([, names]) => names.length > 0)
    .map(([words, names]) => `${words} (${names.length}): ${enumerate(names, MOST_NAMES)}`);
  const lines = [...current, ...older.slice(0, MOST_OLDER)].map((line) => `- ${line}`);
  const told = lines.length > 0 ? `${say`Sign-in with this entry:`}\n\n${lines.join("\n")}` : "";
  const rest =
    hasView && told !== "" ? `[${say`Show Server Compatibility`}](command:${SHOW_COMPATIBILITY})` : "";
  return [KIND[uri.kind](), told, rest].filter((part) => part !== "").join("\n\n");
}

/** The client's command that opens the compatibility view. */
const SHOW_COMPATIBILITY = "cimd.showCompatibility";

const WORDS = {
  works: () => say`works`,
  limited: () => say`works with limits`,
  never: () => say`never works`,
  refused: () => say`document refused`,
  unknown: () => say`unknown`,
} as const;

/** In the order in which they are told. */
const OUTCOMES = ["works", "limited", "never", "refused", "unknown"] as const;

/** Why the problems at a place matter. Their codes link to the rules' pages, which name the specifications. */
function reasons({ findings }: Analysis, offset: number): string[] {
  const rules = new Set(
    findings.filter((found) => found.offset <= offset && offset <= found.end).map(({ rule }) => rule),
  );
  return [...rules].flatMap((id) => {
    const rule = ruleById(id);
    if (!rule) return [];
    return [`${code(id)}: ${translated(rule.why)}`];
  });
}
