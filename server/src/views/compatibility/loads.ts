import { say } from "../../localisation/say.js";
import { isRefusal } from "../../servers/evaluate.js";
import type { Cell, Statement } from "./compatibilityView.js";
import { concernsAuthentication, type Evaluated, refusals, statementOf } from "./evaluated.js";

/** Whether the server loads the document, and why not; older releases, where they do otherwise. */
export function loadsCell(evaluated: Evaluated): Cell {
  const now = currentCell(evaluated);
  return { ...now, statements: [...now.statements, ...olderStatements(evaluated)] };
}

function olderStatements({ document, server: { name }, verdict, older }: Evaluated): Statement[] {
  return older
    .filter((other) => other.verdict.verdict !== verdict.verdict)
    .map(({ before, verdict: other }) => {
      const refusal = other.reasons.find(isRefusal);
      if (!refusal) return { outcome: "told", text: say`Before ${before}, ${name} loads the document.` };
      const text = say`Before ${before}, ${name} refuses the document: ${refusal.message}`;
      return { ...statementOf(document, refusal), outcome: "told", text };
    });
}

function currentCell(evaluated: Evaluated): Cell {
  const { document, server, verdict } = evaluated;
  const remarks = verdict.reasons
    .filter(({ stage, effect }) => (stage === "fetch" || stage === "document") && effect !== "blocks")
    .filter((reason) => !concernsAuthentication(reason))
    .map((reason) => statementOf(document, reason));
  switch (verdict.verdict) {
    case "refuses":
      return {
        outcome: "never",
        word: say`Refused`,
        statements: [...refusals(evaluated).map((reason) => statementOf(document, reason)), ...remarks],
      };
    case "accepts":
      return {
        outcome: "works",
        word: say`Loads`,
        statements: [
          {
            outcome: "works",
            text: say`The document passes everything that ${server.name} checks when it fetches and reads it.`,
          },
          ...remarks,
        ],
      };
    case "unknown":
      return {
        outcome: "unknown",
        word: say`Unknown`,
        statements: [
          {
            outcome: "unknown",
            text: say`Nothing known speaks against the document, but not everything that ${server.name} checks is known.`,
          },
          ...remarks,
        ],
      };
  }
}
