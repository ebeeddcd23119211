import { analyse } from "../../../server/src/check/analyse.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import { buildConsentView } from "../../../server/src/views/consent/buildConsentView.js";
import { ConsentView, SPECIFICATION_SCREEN } from "../../../server/src/views/consent/consentView.js";
import { exampleDocuments } from "../seeds.js";
import { type FuzzTarget, holds, sameJson } from "./target.js";

/** Screens of each text; the others follow with other texts. */
const SCREENS_AT_ONCE = 3;

/** The consent preview's view. */
export const consent: FuzzTarget = {
  name: "consent",
  holds: "every screen can be drawn, and is what the webview takes",
  seeds: exampleDocuments,
  run(text) {
    const analysis = analyse(text);
    const ids = [SPECIFICATION_SCREEN, ...SERVERS.map(({ id }) => id)];
    for (let count = 0; count < SCREENS_AT_ONCE; count++) {
      const server = ids[(text.length + count * 7) % ids.length] ?? SPECIFICATION_SCREEN;
      const choices = {
        server,
        redirectIndex: count,
        ...(count === 1 ? { port: 3000, scopes: "read write", mcpServerName: text.slice(0, 80) } : {}),
      };
      const view = buildConsentView(analysis.document, analysis.findings, choices, SERVERS);
      const checked = ConsentView.safeParse(view);
      holds(
        checked.success,
        "a view has the shape that the webview takes",
        () => `${server} ${checked.error?.message}`,
      );
      holds(
        sameJson(view, buildConsentView(analysis.document, analysis.findings, choices, SERVERS)),
        "the same document gives the same screen",
        () => server,
      );
    }
  },
};
