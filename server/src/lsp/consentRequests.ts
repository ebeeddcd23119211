import { say } from "../localisation/say.js";
import { SERVERS } from "../servers/servers.js";
import { buildConsentView } from "../views/consent/buildConsentView.js";
import { analyseUnlessCancelled } from "./analyses.js";
import type { Connection } from "./connection.js";
import { CONSENT_VIEW, ConsentViewParams } from "./protocol.js";
import type { Session } from "./session.js";

/** Answers `cimd/consentView`. */
export function answerConsentRequests(
  connection: Connection,
  { documents, guard, settingsFor, urlFor }: Session,
): void {
  connection.onRequest(CONSENT_VIEW, (params: unknown, token) =>
    guard(say`Building the consent preview`, token, async () => {
      const { uri, text, choices } = ConsentViewParams.parse(params);
      const settings = await settingsFor(uri);
      // The chosen server is evaluated by the view itself; the other servers' verdicts are not needed here.
      const { document, findings } = await analyseUnlessCancelled(
        documents.served(uri, text),
        {
          servers: { mode: "none" },
          rules: settings.rules,
          url: urlFor(uri, settings),
          hidesByteOrderMark: true,
        },
        token,
      );
      return buildConsentView(document, findings, choices, SERVERS);
    }),
  );
}
