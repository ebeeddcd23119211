import type { Analysis } from "../check/analyse.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { ArrayNode } from "../document/syntaxTree.js";
import { say } from "../localisation/say.js";
import { addMember, applyEdits, removeItem, replaceNode, replaceString } from "../rules/edits.js";
import type { Finding } from "../rules/problem.js";
import { entryAt } from "../rules/redirect-uris/redirectRule.js";
import type { Fix, TextEdit } from "../rules/rule.js";
import { evaluate, listed } from "../servers/evaluate.js";
import type { Verdict } from "../servers/profile.js";
import { SERVERS, serverById } from "../servers/servers.js";
import { joinUri } from "../uri/uriParts.js";
import type { Trials } from "./trials.js";

/** A change that might make more servers accept the document. */
interface Candidate {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What the author gives up, in words that follow "but". */
  readonly cost?: string;
}

type Propose = (document: ClientMetadataDocument, finding: Finding) => readonly Candidate[];

const setNative: Propose = (document) => {
  const edits = nativeEdits(document);
  return edits ? [{ title: say`Set application_type to native`, edits }] : [];
};

const writeNone: Propose = (document) => {
  const edit = addMember(document, "token_endpoint_auth_method", "none");
  return edit ? [{ title: say`Add token_endpoint_auth_method none`, edits: [edit] }] : [];
};

/** Candidates by the rule that a finding belongs to. */
const PROPOSALS: ReadonlyMap<string, Propose> = new Map<string, Propose>([
  ["redirect-uris/wildcard-port", leavePortOut],
  ["redirect-uris/portless-loopback", setNative],
  ["redirect-uris/private-use-mixed", setNative],
  ["application-type/missing-native", setNative],
  ["application-type/web-loopback", setNative],
  ["auth-method/missing", writeNone],
  ["auth-method/missing-singular", writeNone],
  ["grant-types/no-refresh", addRefresh],
  ["grant-types/extra", deleteGrant],
]);

/**
 * Changes that make at least one of the servers that the problems speak for treat the document better, and no known server
 * worse. The title says who is won.
 *
 * @param trials a candidate is left out without one left
 * @returns fixes, the one that wins most first
 */
export function portabilityFixes(
  { document, options, verdicts, counted }: Analysis,
  finding: Finding,
  trials: Trials,
): Fix[] {
  const candidates = PROPOSALS.get(finding.rule)?.(document, finding) ?? [];
  if (candidates.length === 0 || counted.length === 0) return [];
  const spokenFor = new Set(counted.map(({ server }) => server));
  const verdictsOn = (changed: ClientMetadataDocument) =>
    SERVERS.map((server) => listed(evaluate(changed, server, options.onServerFailure), changed));
  const before = verdicts.length === SERVERS.length ? verdicts : verdictsOn(document);
  const found = candidates.flatMap((candidate) => {
    const text = applyEdits(document.text, candidate.edits);
    if (!trials.take(text.length)) return [];
    const changed = new ClientMetadataDocument(text, { url: document.servedFrom });
    const after = verdictsOn(changed);
    const won = before.filter(
      (verdict, index) => spokenFor.has(verdict.server) && better(after[index], verdict),
    );
    const lost = before.some((verdict, index) => better(verdict, after[index]));
    return lost || won.length === 0 ? [] : [{ candidate, won }];
  });
  found.sort((a, b) => b.won.length - a.won.length);
  return found.map(({ candidate, won }) => ({
    title: titleOf(candidate, won),
    edits: candidate.edits,
  }));
}

/** Of more servers than this, a title says how many they are. */
const MOST_NAMES = 3;

function titleOf({ title, cost }: Candidate, won: readonly Verdict[]): string {
  const servers =
    won.length > MOST_NAMES
      ? say`${won.length} servers`
      : won.map(({ server }) => serverById(server)?.name ?? server).join(", ");
  return cost === undefined
    ? say`${title}: better on ${servers}`
    : say`${title}: better on ${servers}, but ${cost}`;
}

const RANK = { refuses: 0, unknown: 1, accepts: 2 } as const;

/** Whether a server does more with the first document than with the second. */
function better(a: Verdict | undefined, b: Verdict | undefined): boolean {
  if (!a || !b) return false;
  if (a.verdict !== b.verdict) return RANK[a.verdict] > RANK[b.verdict];
  const [worksA, worksB] = [working(a), working(b)];
  if (worksA !== worksB) return worksA > worksB;
  return limits(a) < limits(b);
}

function working({ signIn }: Verdict): number {
  return signIn.filter(({ outcome }) => outcome === "works").length;
}

function limits({ reasons }: Verdict): number {
  return reasons.filter(({ effect }) => effect !== "note").length;
}

function nativeEdits(document: ClientMetadataDocument): TextEdit[] | undefined {
  const value = document.string("application_type");
  if (value) return value.value === "native" ? undefined : [replaceString(value, "native")];
  const edit = addMember(document, "application_type", "native");
  return edit ? [edit] : undefined;
}

function leavePortOut(document: ClientMetadataDocument, { offset }: Finding): Candidate[] {
  const entry = entryAt(document, offset);
  if (entry?.uri.kind !== "loopback") return [];
  const uri = joinUri({ ...entry.uri.parts, port: undefined });
  const portless = replaceString(entry.node, uri);
  const native = nativeEdits(document);
  return [
    ...(native ? [{ title: say`Use ${uri} and application_type native`, edits: [portless, ...native] }] : []),
    { title: say`Use ${uri}`, edits: [portless] },
  ];
}

function addRefresh(document: ClientMetadataDocument): Candidate[] {
  const title = say`Add the refresh_token grant`;
  const grants = document.array("grant_types");
  if (grants) {
    const last = grants.items[grants.items.length - 1];
    if (!last || !grants.closed) return [];
    return [
      {
        title,
        edits: [
          { offset: last.end, end: last.end, newText: `${separator(document, grants)}"refresh_token"` },
        ],
      },
    ];
  }
  const edit = addMember(document, "grant_types", ["authorization_code", "refresh_token"]);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** What stands between two items of an array: a comma and the white space the author uses. */
function separator(document: ClientMetadataDocument, { items, offset }: ArrayNode): string {
  const last = items[items.length - 1];
  const previous = items[items.length - 2];
  const gap = document.text.slice(previous ? previous.end : offset + 1, last?.offset).replace(",", "");
  return `,${/^\s+$/.test(gap) ? gap : " "}`;
}

function deleteGrant(document: ClientMetadataDocument, { offset }: Finding): Candidate[] {
  const grants = document.array("grant_types");
  const item = grants?.items.find((node) => node.offset === offset);
  if (!grants || item?.type !== "string") return [];
  const edit =
    grants.items.length > 1
      ? removeItem(document, grants.items, item)
      : replaceNode(grants, ["authorization_code"]);
  return [
    { title: say`Delete the grant ${item.value}`, edits: [edit], cost: say`the client can no longer use it` },
  ];
}
