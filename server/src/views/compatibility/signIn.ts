import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import type { Reason, SignInOutcome } from "../../servers/profile.js";
import type { Cell, Outcome, Statement } from "./compatibilityView.js";
import { type Evaluated, isRefused, linkTo, statementOf } from "./evaluated.js";

/**
 * Which of the redirect entries bring a person back to the client, and why the others do not; older releases, where they do
 * otherwise.
 */
export function signInCell(evaluated: Evaluated): Cell {
  const now = currentCell(evaluated);
  return { ...now, statements: [...now.statements, ...olderStatements(evaluated)] };
}

/** Of documents that a release refuses, the cell about loading tells. */
function olderStatements({ document, server: { name }, verdict, older }: Evaluated): Statement[] {
  return older.flatMap(({ before, verdict: { verdict: loads, signIn } }) =>
    loads === "refuses"
      ? []
      : document.redirects.flatMap(({ index, node }, at): Statement[] => {
          const outcome = signIn[at]?.outcome ?? "unknown";
          if (outcome === verdict.signIn[at]?.outcome) return [];
          return [
            {
              outcome: "told",
              about: node.value,
              text: OLDER_WORDS[outcome](before, name),
              link: linkTo(document, jsonPointer("redirect_uris", index)),
            },
          ];
        }),
  );
}

const OLDER_WORDS: Readonly<Record<SignInOutcome, (before: string, name: string) => string>> = {
  works: (before, name) => say`Before ${before}, ${name} sends the person back there.`,
  limited: (before, name) => say`Before ${before}, only some requests to ${name} match this entry.`,
  never: (before, name) => say`Before ${before}, ${name} sends nobody back there.`,
  unknown: (before, name) => say`Before ${before}, what ${name} does with this entry is not known.`,
};

function currentCell(evaluated: Evaluated): Cell {
  const { document, server, verdict } = evaluated;
  if (isRefused(evaluated)) {
    return {
      outcome: "unreached",
      word: say`Not reached`,
      statements: [
        { outcome: "unreached", text: say`Nobody can sign in, because ${server.name} refuses the document.` },
      ],
    };
  }
  const ofAuthorize = verdict.reasons.filter(({ stage }) => stage === "authorize");
  const general = ofAuthorize
    .filter(({ pointer }) => !pointer?.startsWith("/redirect_uris/"))
    .map((reason) => statementOf(document, reason));
  const entries = document.redirects.map(({ index, node }, at): Statement => {
    const pointer = jsonPointer("redirect_uris", index);
    const known = verdict.signIn[at]?.outcome ?? "unknown";
    const outcome = known === "works" && verdict.verdict === "unknown" ? "unknown" : known;
    return {
      outcome,
      about: node.value,
      ...wordsFor(
        evaluated,
        known,
        ofAuthorize.filter((reason) => reason.pointer === pointer),
      ),
      link: linkTo(document, pointer),
    };
  });
  if (entries.length === 0) {
    const text = say`The document lists no redirect URI, so nobody can return to the client.`;
    return {
      outcome: "never",
      word: say`Never`,
      statements: [{ outcome: "never", text }, ...general],
    };
  }
  return { ...sum(entries), statements: [...general, ...entries] };
}

/** Why an entry comes to what it comes to. */
function wordsFor(
  { server, verdict }: Evaluated,
  outcome: SignInOutcome,
  reasons: readonly Reason[],
): Pick<Statement, "text" | "rule"> {
  const [first] = reasons;
  if (first) {
    const messages = [...new Set(reasons.map(({ message }) => message))];
    return { text: messages.join(" "), rule: first.rule };
  }
  switch (outcome) {
    case "works":
      return {
        text:
          verdict.verdict === "unknown"
            ? say`The entry matches, but whether ${server.name} loads the document is not known.`
            : say`${server.name} sends the person back there.`,
      };
    case "limited":
      return { text: say`Only some requests match this entry.` };
    case "never":
      return { text: say`No sign-in gets this far.` };
    case "unknown":
      return { text: say`How ${server.name} compares redirect URIs is not known.` };
  }
}

function sum(entries: readonly Statement[]): Pick<Cell, "outcome" | "word"> {
  const count = (outcome: Outcome) => entries.filter((entry) => entry.outcome === outcome).length;
  const works = count("works");
  if (works === entries.length) return { outcome: "works", word: say`Works` };
  if (count("never") === entries.length) return { outcome: "never", word: say`Never` };
  const known = count("limited") + count("never") > 0;
  const outcome = known ? "limited" : "unknown";
  if (works > 0) return { outcome, word: say`${works} of ${entries.length} work` };
  return { outcome, word: known ? say`Limited` : say`Unknown` };
}
