import type { Hover } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import type { RedirectEntry } from "../document/clientMetadataDocument.js";
import type { Position } from "../document/lineIndex.js";
import type { Member } from "../document/syntaxTree.js";
import { describeField } from "../metadata/describe.js";
import { fieldByName } from "../metadata/fields.js";
import type { RedirectKind } from "../redirects/classify.js";
import { ruleById } from "../rules/rules.js";
import { serverById } from "../servers/servers.js";
import { hostKind } from "../uri/host.js";
import { code } from "./markdown.js";

const KIND: Readonly<Record<RedirectKind, string>> = {
  loopback:
    "**Loopback redirect** ([RFC 8252 §7.3](https://www.rfc-editor.org/rfc/rfc8252#section-7.3)): the client listens on the person's own machine.",
  "claimed-https":
    "**Claimed https redirect** ([RFC 8252 §7.2](https://www.rfc-editor.org/rfc/rfc8252#section-7.2)): only who controls the host receives the answer.",
  "loopback-https": "**https on loopback**: works only with a certificate for the person's own machine.",
  http: "**Plain http**: not allowed, except to the machine itself ([RFC 9700 §2.6](https://www.rfc-editor.org/rfc/rfc9700#section-2.6)).",
  "private-use":
    "**Private-use URI scheme redirect** ([RFC 8252 §7.1](https://www.rfc-editor.org/rfc/rfc8252#section-7.1)): the operating system opens the app that has the scheme.",
  unsafe: "**Unsafe scheme**: nothing that a server may redirect to.",
  urn: "**URN**: a name, not an address to return to.",
  relative: "**Not absolute**: a browser cannot be sent there.",
};

/**
 * What the thing under the cursor means: a member, the client identifier URL, a redirect URI; and why the problems there
 * matter.
 *
 * @param position zero-based, UTF-16
 */
export function hover(analysis: Analysis, position: Position): Hover | undefined {
  const { document } = analysis;
  const offset = document.lines.offsetAt(position);
  const member = document.object?.members.find((found) => found.offset <= offset && offset <= found.end);
  if (!member) return undefined;
  const entry = document.redirects.find(({ node }) => node.offset <= offset && offset <= node.end);
  const place = entry?.node ?? (offset <= member.key.end ? member.key : (member.value ?? member.key));
  if (place.offset > offset || offset > place.end) return undefined;
  const parts = entry
    ? [describeRedirect(analysis, entry)]
    : [describeMember(member), ...(member.key.value === "client_id" ? [describeClientId(analysis)] : [])];
  const text = [...parts, ...reasons(analysis, offset)].filter((part) => part !== "").join("\n\n---\n\n");
  if (text === "") return undefined;
  return { contents: { kind: "markdown", value: text }, range: document.range(place) };
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
    `Host: ${code(parts.host)}${kind === "name" ? "" : " (not a public name)"}`,
    ...(parts.port === undefined ? [] : [`Port: ${code(parts.port)}`]),
    `Path: ${code(parts.path)}`,
    ...(parts.query === undefined ? [] : [`Query: ${code(parts.query)}`]),
  ];
  return `Servers compare this URL character by character with the address they fetch.\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
}

/** The kind of a redirect URI, and what each server does with this entry. */
function describeRedirect({ verdicts }: Analysis, { index, uri, node }: RedirectEntry): string {
  const outcomes = new Map<string, string[]>();
  for (const { server, verdict, signIn } of verdicts) {
    const entry = signIn[index]?.entry === node.value ? signIn[index] : undefined;
    const words = verdict === "refuses" ? "document refused" : (entry && WORDS[entry.outcome]) || "unknown";
    outcomes.set(words, [...(outcomes.get(words) ?? []), serverById(server)?.name ?? server]);
  }
  const lines = [...outcomes].map(([words, names]) => `- ${words}: ${names.join(", ")}`);
  return [KIND[uri.kind], lines.length > 0 ? `Sign-in with this entry:\n\n${lines.join("\n")}` : ""]
    .filter((part) => part !== "")
    .join("\n\n");
}

const WORDS = {
  works: "works",
  limited: "works with limits",
  never: "never works",
  unknown: "unknown",
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
    return [`${code(id)}: ${rule.why} (${links})`];
  });
}
