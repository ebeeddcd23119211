import type { Hover } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import type { RedirectEntry } from "../document/clientMetadataDocument.js";
import type { Position } from "../document/lineIndex.js";
import type { JsonNode, Member } from "../document/syntaxTree.js";
import { say, translated } from "../localisation/say.js";
import { ASSERTION_TYPE } from "../metadata/authMethods.js";
import { describeField, sourceLink } from "../metadata/describe.js";
import { fieldByName } from "../metadata/fields.js";
import { JWK_MEMBERS } from "../metadata/jwk.js";
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
 * What the thing under the cursor means: a member, the client identifier URL, a redirect URI, a key of `jwks`; and why the
 * problems there matter.
 *
 * @param position zero-based, UTF-16
 */
export async function hover(analysis: Analysis, position: Position): Promise<Hover | undefined> {
  const { document } = analysis;
  const offset = document.lines.offsetAt(position);
  const member = document.object?.members.find((found) => found.offset <= offset && offset <= found.end);
  if (!member) return undefined;
  const { place, parts } = (await keySubject(analysis, offset)) ?? subjectOf(analysis, member, offset);
  if (place.offset > offset || offset > place.end) return undefined;
  const text = [...parts, ...reasons(analysis, offset)].filter((part) => part !== "").join("\n\n---\n\n");
  if (text === "") return undefined;
  return { contents: { kind: "markdown", value: text }, range: document.range(place) };
}

function subjectOf(analysis: Analysis, member: Member, offset: number): Subject {
  const entry = analysis.document.redirects.find(({ node }) => node.offset <= offset && offset <= node.end);
  if (entry) return { place: entry.node, parts: [describeRedirect(analysis, entry)] };
  return {
    place: offset <= member.key.end ? member.key : (member.value ?? member.key),
    parts: [
      describeMember(member),
      ...(member.key.value === "client_id" ? [describeClientId(analysis)] : []),
    ],
  };
}

/** A key of the inline `jwks`: its member under the cursor, then the key as a whole. */
async function keySubject({ document }: Analysis, offset: number): Promise<Subject | undefined> {
  const holds = ({ offset: start, end }: JsonNode | Member): boolean => start <= offset && offset <= end;
  const key = keysOf(document).find(({ node }) => holds(node));
  if (!key) return undefined;
  const member = key.node.members.find(holds);
  const field = member && JWK_MEMBERS.find(({ name }) => name === member.key.value);
  return {
    place: member ? (offset <= member.key.end ? member.key : (member.value ?? member.key)) : key.node,
    parts: [
      field ? describeField(field) : "",
      await describeKey(key, findMethod(document, "private_key_jwt") !== undefined),
    ],
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

/** The kind of a redirect URI, and what each server does with this entry. */
function describeRedirect(
  { document, verdicts, options }: Analysis,
  { index, uri, node }: RedirectEntry,
): string {
  const outcomes = new Map<string, string[]>();
  const older: string[] = [];
  const wordsFor = ({ verdict, signIn }: Verdict) => {
    const entry = signIn[index]?.entry === node.value ? signIn[index] : undefined;
    return verdict === "refuses" ? say`document refused` : WORDS[entry?.outcome ?? "unknown"]();
  };
  // Verdicts list no entries behind these, so there is nothing to tell of one.
  for (const verdict of index < MAX_LISTED ? verdicts : []) {
    const server = serverById(verdict.server);
    const name = server?.name ?? verdict.server;
    const words = wordsFor(verdict);
    outcomes.set(words, [...(outcomes.get(words) ?? []), name]);
    const olderOnes = server ? olderVerdicts(document, server, verdict, options.onServerFailure) : [];
    for (const { before, verdict: other } of olderOnes) {
      const otherWords = wordsFor(other);
      if (otherWords !== words) older.push(say`${name} before ${before}: ${otherWords}`);
    }
  }
  const current = [...outcomes].map(([words, names]) => `${words}: ${names.join(", ")}`);
  const lines = [...current, ...older].map((line) => `- ${line}`);
  return [KIND[uri.kind](), lines.length > 0 ? `${say`Sign-in with this entry:`}\n\n${lines.join("\n")}` : ""]
    .filter((part) => part !== "")
    .join("\n\n");
}

const WORDS = {
  works: () => say`works`,
  limited: () => say`works with limits`,
  never: () => say`never works`,
  unknown: () => say`unknown`,
} as const;

/** Why the problems at a place matter. */
function reasons({ findings }: Analysis, offset: number): string[] {
  const rules = new Set(
    findings.filter((found) => found.offset <= offset && offset <= found.end).map(({ rule }) => rule),
  );
  return [...rules].flatMap((id) => {
    const rule = ruleById(id);
    if (!rule) return [];
    const links = rule.sources.map(({ label, url }) => `[${label}](${url})`).join(", ");
    return [`${code(id)}: ${translated(rule.why)} (${links})`];
  });
}
