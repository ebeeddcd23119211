import { say } from "../../localisation/say.js";
import type { Cell } from "./compatibilityView.js";
import { concernsAuthentication, type Evaluated, refusals, statementOf } from "./evaluated.js";

/** Whether the server loads the document, and why not. */
export function loadsCell(evaluated: Evaluated): Cell {
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
