import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import { evaluate } from "../servers/evaluate.js";
import type { Verdict } from "../servers/profile.js";
import { SERVERS } from "../servers/servers.js";
import { buildCompatibilityView } from "../views/compatibility/buildCompatibilityView.js";
import { COMPATIBILITY, CompatibilityParams, type CompatibilityView } from "./compatibilityProtocol.js";
import type { Connection } from "./connection.js";
import { pauseUnlessCancelled } from "./pauses.js";
import type { Session } from "./session.js";

/** Answers `cimd/compatibility`: all known servers are asked, whatever the targets of the settings are. */
export function answerCompatibilityRequests(
  connection: Connection,
  { documents, guard, settingsFor, urlFor, onServerFailure }: Session,
): void {
  connection.onRequest(COMPATIBILITY, (params: unknown, token) =>
    guard(say`Building the compatibility view`, token, async (): Promise<CompatibilityView> => {
      const { uri, text } = CompatibilityParams.parse(params);
      const settings = await settingsFor(uri);
      const document = new ClientMetadataDocument(documents.served(uri, text), {
        url: urlFor(uri, settings),
        hidesByteOrderMark: true,
      });
      const pause = pauseUnlessCancelled(token);
      const verdicts: Verdict[] = [];
      for (const server of SERVERS) {
        await pause();
        verdicts.push(evaluate(document, server, onServerFailure));
      }
      return buildCompatibilityView(document, verdicts, SERVERS, settings.targets, onServerFailure);
    }),
  );
}
