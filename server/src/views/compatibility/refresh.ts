import { say } from "../../localisation/say.js";
import type { Cell } from "./compatibilityView.js";
import {
  concernsRefresh,
  type Evaluated,
  endsTokenRequests,
  isReadCompletely,
  isRefused,
  statementOf,
} from "./evaluated.js";

/** Whether the client gets refresh tokens. */
export function refreshCell(evaluated: Evaluated): Cell {
  const { document, server, verdict } = evaluated;
  const notReached = (text: string): Cell => ({
    outcome: "unreached",
    word: say`Not reached`,
    statements: [{ outcome: "unreached", text }],
  });
  if (isRefused(evaluated))
    return notReached(say`There are no tokens, because ${server.name} refuses the document.`);
  const reasons = verdict.reasons.filter(concernsRefresh);
  if (reasons.length > 0) {
    return {
      outcome: "limited",
      word: say`No refresh`,
      // A remark about refresh tokens is one of their absence, however the profile weighs it.
      statements: reasons.map((reason) => ({ ...statementOf(document, reason), outcome: "limited" })),
    };
  }
  if (verdict.reasons.some(endsTokenRequests))
    return notReached(say`The token endpoint gives this client no tokens at all.`);
  if (isReadCompletely(evaluated, "token")) {
    const text = say`Nothing that ${server.name} asks of a document speaks against refresh tokens.`;
    return { outcome: "works", word: say`Works`, statements: [{ outcome: "works", text }] };
  }
  const text = say`Whether ${server.name} gives this client refresh tokens is not known.`;
  return { outcome: "unknown", word: say`Unknown`, statements: [{ outcome: "unknown", text }] };
}
