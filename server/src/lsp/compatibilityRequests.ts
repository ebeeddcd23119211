import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import { evaluate } from "../servers/evaluate.js";
import type { Verdict } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { buildCompatibilityView } from "../views/compatibility/buildCompatibilityView.js";
import { COMPATIBILITY, CompatibilityParams, type CompatibilityView } from "./compatibilityProtocol.js";
import type { Connection } from "./connection.js";
import type { Session } from "./session.js";
import { inTurns } from "./turns.js";

/** Answers `cimd/compatibility`: all known servers are asked, whatever the targets of the settings are. */
export function answerCompatibilityRequests(
  connection: Connection,
  { guard, settingsFor, urlFor }: Session,
): void {
  connection.onRequest(COMPATIBILITY, (params: unknown, token) =>
    guard(say`Building the compatibility view`, token, async (): Promise<CompatibilityView> => {
      const { uri, text, targets } = CompatibilityParams.parse(params);
      const document = new ClientMetadataDocument(text, { url: urlFor(uri, await settingsFor(uri)) });
      const verdicts = await inTurns(askAll(document), () => !token.isCancellationRequested);
      if (!verdicts) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      return buildCompatibilityView(document, verdicts, SERVERS, targets);
    }),
  );
}

/** The verdicts of all known servers, one a step. */
function* askAll(document: ClientMetadataDocument): Generator<void, Verdict[], void> {
  const verdicts: Verdict[] = [];
  for (const server of SERVERS) {
    verdicts.push(evaluate(document, server));
    yield;
  }
  return verdicts;
}
