import { checkDocument } from "../../../server/src/api/checkDocument.js";
import { matchRedirectUri } from "../../../server/src/api/matchRedirectUri.js";
import { analyse } from "../../../server/src/check/analyse.js";
import { MAX_PER_DOCUMENT, MAX_PER_RULE } from "../../../server/src/rules/limits.js";
import { jsonBody } from "../../../server/src/servers/behaviours/jsonBody.js";
import { MAX_LISTED } from "../../../server/src/servers/evaluate.js";
import type { Reason } from "../../../server/src/servers/profile.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import { exampleDocuments } from "../seeds.js";
import { type FuzzTarget, holds, parsed, sameJson } from "./target.js";

/** Entries whose sign-in is compared with the matcher. */
const MOST_ENTRIES = 4;

/** Whether a server has told that an entry is a pattern for it although there is no `*` in it: a set of characters. */
function isSet(reasons: readonly Reason[], entry: string): boolean {
  return reasons.some(
    ({ rule, effect, pointer }) =>
      rule === "redirect-uris/illegal-character" && effect === "note" && pointer === entry,
  );
}

/** `checkDocument` with every rule and every server. */
export const check: FuzzTarget = {
  name: "check",
  holds: "rules and servers never throw, stay inside the text, and agree with the redirect matcher",
  seeds: exampleDocuments,
  run(text) {
    const failed: string[] = [];
    const { document, findings, verdicts } = analyse(text, {
      servers: { mode: "default", verdicts: "all" },
      onRuleFailure: ({ rule, error }) => failed.push(`${rule}: ${String(error)}`),
    });
    holds(failed.length === 0, "no rule throws", () => failed.join("\n"));
    holds(findings.length <= MAX_PER_DOCUMENT, "a document has a bounded number of problems");
    for (const { rule, offset, end, pointer, message } of findings) {
      holds(0 <= offset && offset <= end && end <= text.length, "a problem lies inside the text", () => rule);
      holds(
        pointer === "" || pointer.startsWith("/"),
        "a pointer is a JSON pointer",
        () => `${rule} ${pointer}`,
      );
      holds(message.trim() !== "", "a problem says something", () => rule);
      const { start, end: stop } = document.range({ offset, end });
      const ordered =
        start.line < stop.line || (start.line === stop.line && start.character <= stop.character);
      holds(ordered, "a range ends behind its start", () => rule);
    }
    const counts = new Map<string, number>();
    for (const { rule } of analyse(text, { servers: { mode: "none" } }).findings) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
    for (const [rule, count] of counts) {
      holds(count <= MAX_PER_RULE + 1, "a rule has a bounded number of problems", () => `${rule} ${count}`);
    }
    holds(sameJson(checkDocument(text), checkDocument(text)), "the same text gives the same result");
    const body = jsonBody(document);
    // Of a long list servers get the first entries.
    if (document.faults.length === 0 && !document.partlyRead) {
      const read = body.json ? { value: body.value } : undefined;
      holds(sameJson(read, parsed(text)), "servers get what JSON.parse reads");
    }
    holds(verdicts.length === SERVERS.length, "every server gives a verdict");

    const entries = document.redirects.slice(0, MOST_ENTRIES);
    for (const { verdict, signIn, server, reasons } of verdicts) {
      holds(
        signIn.length === Math.min(document.redirects.length, MAX_LISTED),
        "a verdict speaks of every entry",
        () => server,
      );
      if (verdict === "refuses") holds(reasons.length > 0, "a refusal has a reason", () => server);
    }
    for (const [index, { node, pointer }] of entries.entries()) {
      const matches = matchRedirectUri(text, node.value);
      for (const [place, { server, verdict, signIn, reasons }] of verdicts.entries()) {
        const match = matches[place];
        const outcome = signIn[index]?.outcome;
        const told = () => `${server} ${node.value}: ${verdict}, sign-in ${outcome}, match ${match?.outcome}`;
        if (verdict === "refuses") {
          holds(match?.outcome === "document-refused", "who refuses the document sends nobody back", told);
        } else if (node.value.includes("*")) {
          // No client comes back to a pattern's own text, so what its text matches says nothing.
        } else if (outcome === "never") {
          holds(
            !(match?.outcome === "allowed" && match.matchedBy === node.value),
            "an entry that never works matches nothing",
            told,
          );
        } else if (outcome === "works" && node.value.isWellFormed() && !isSet(reasons, pointer)) {
          // Half a surrogate pair is sent as U+FFFD, and parsers of JSON differ in what they make of it.
          const isTaken = (uri: string) =>
            matchRedirectUri(text, uri, { servers: [server] })[0]?.outcome !== "refused";
          holds(
            match?.outcome !== "refused" ||
              isTaken(withoutPort(node.value)) ||
              isTaken(node.value.replace(/#.*$/s, "")),
            "an entry that works matches itself, or itself without a port or without its fragment",
            told,
          );
        }
      }
    }
  },
};

/** Where any port will do, what an entry has in its place need not be one. */
function withoutPort(entry: string): string {
  return entry.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/?#:]*)):[^/?#]*/i, "$1");
}
