import { say } from "../../localisation/say.js";
import type { Reason } from "../../servers/profile.js";
import type { Cell, Statement } from "./compatibilityView.js";
import {
  concernsAuthentication,
  concernsRefresh,
  type Evaluated,
  isReadCompletely,
  isRefused,
  linkTo,
  statementOf,
} from "./evaluated.js";

/** Whether the client can prove itself at the token endpoint the way the document says. */
export function tokenEndpointCell(evaluated: Evaluated): Cell {
  const { document, server, verdict } = evaluated;
  const statements = verdict.reasons
    .filter(concernsTokenEndpoint)
    .map((reason) => statementOf(document, reason));
  if (statements.some(({ outcome }) => outcome === "never"))
    return { outcome: "never", word: say`Never`, statements };
  if (isRefused(evaluated)) {
    const text = say`There are no tokens, because ${server.name} refuses the document.`;
    return {
      outcome: "unreached",
      word: say`Not reached`,
      statements: [{ outcome: "unreached", text }, ...statements],
    };
  }
  if (statements.some(({ outcome }) => outcome === "limited"))
    return { outcome: "limited", word: say`Limited`, statements };
  const method = document.string("token_endpoint_auth_method");
  const link: Pick<Statement, "link"> = method
    ? { link: linkTo(document, "/token_endpoint_auth_method") }
    : {};
  if (isReadCompletely(evaluated, "token")) {
    const text = method
      ? say`Nothing that ${server.name} checks at the token endpoint speaks against the method \`${method.value}\`.`
      : say`The document names no method, and nothing that ${server.name} checks at the token endpoint speaks against that.`;
    return {
      outcome: "works",
      word: say`Works`,
      statements: [{ outcome: "works", text, ...link }, ...statements],
    };
  }
  const text = say`Not everything that ${server.name} checks at the token endpoint is known.`;
  return {
    outcome: "unknown",
    word: say`Unknown`,
    statements: [{ outcome: "unknown", text, ...link }, ...statements],
  };
}

/** How the client proves itself, whichever stage says so, and whatever else the token endpoint asks of it. */
function concernsTokenEndpoint(reason: Reason): boolean {
  return concernsAuthentication(reason) || (reason.stage === "token" && !concernsRefresh(reason));
}
