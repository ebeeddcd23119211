import { breakage } from "../../document/breakage.js";
import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { type OnServerFailure, olderVerdicts } from "../../servers/evaluate.js";
import { serversOfTargets, type Target } from "../../servers/groups.js";
import type { ServerProfile, Verdict } from "../../servers/profile.js";
import { PROOFS } from "../../servers/proofs.js";
import type { Cell, CompatibilityView, Row, Statement } from "./compatibilityView.js";
import { consentCell } from "./consent.js";
import type { Evaluated } from "./evaluated.js";
import { loadsCell } from "./loads.js";
import { refreshCell } from "./refresh.js";
import { signInCell } from "./signIn.js";
import { summary, sumOf } from "./summary.js";
import { tokenEndpointCell } from "./tokenEndpoint.js";

/** More sentences than this in one cell help nobody; documents have a handful of redirect entries. */
const MAX_STATEMENTS = 30;
/** A sentence may quote a value of any length; it is cut after so many UTF-16 units. */
const MAX_TEXT = 600;

/**
 * Builds everything the compatibility view shows. Pure; never throws for any document. A cell that no evidence fills is
 * `unknown`.
 *
 * @param document the draft
 * @param verdicts of the servers that are listed, in their order
 * @param servers the profiles of those servers, with their evidence
 * @param targets of the settings; without any, the document's default group counts
 * @param onServerFailure called when the profile of an older release throws
 */
export function buildCompatibilityView(
  document: ClientMetadataDocument,
  verdicts: readonly Verdict[],
  servers: readonly ServerProfile[],
  targets: readonly Target[],
  onServerFailure?: OnServerFailure,
): CompatibilityView {
  const broken = breakage(document);
  const hasTargets = targets.length > 0;
  const counted = new Set(serversOfTargets(hasTargets ? targets : ["default"], document).map(({ id }) => id));
  return {
    ...(broken ? { broken } : {}),
    summary: summary(verdicts.filter(({ server }) => counted.has(server))),
    rows: verdicts.flatMap((verdict): Row[] => {
      const server = servers.find(({ id }) => id === verdict.server);
      if (!server) return [];
      const older = olderVerdicts(document, server, verdict, onServerFailure);
      const counts = counted.has(server.id);
      return [
        { ...rowOf({ document, server, verdict, older }), target: hasTargets && counts, counted: counts },
      ];
    }),
  };
}

function rowOf(evaluated: Evaluated): Omit<Row, "target" | "counted"> {
  const { id, name, version, confidence, evidence } = evaluated.server;
  const { redirectCount, redirects } = evaluated.document;
  const proof = PROOFS.get(id);
  const cells = {
    loads: capped(loadsCell(evaluated)),
    signIn: capped(signInCell(evaluated), redirectCount - redirects.length),
    refresh: capped(refreshCell(evaluated)),
    tokenEndpoint: capped(tokenEndpointCell(evaluated)),
    consent: capped(consentCell(evaluated)),
  };
  return {
    server: { id, name, version, confidence, ...(proof ? { proof } : {}) },
    group: sumOf(evaluated.verdict),
    cells,
    evidence: evidence.map(({ what, url }) => ({ what, url })),
  };
}

/**
 * A cell with no more sentences, and none of them longer, than a person reads.
 *
 * @param unlisted how many more there would be if all entries had been looked at
 */
function capped({ statements, ...cell }: Cell, unlisted = 0): Cell {
  const shown = statements.slice(0, MAX_STATEMENTS).map(
    ({ text, about, link, ...rest }): Statement => ({
      ...rest,
      text: clip(text, MAX_TEXT),
      ...(about === undefined ? {} : { about: clip(about) }),
      ...(link ? { link: { ...link, label: clip(link.label) } } : {}),
    }),
  );
  const more = statements.length - shown.length;
  return {
    ...cell,
    statements: more > 0 ? [...shown, { outcome: "told", text: say`And ${more + unlisted} more.` }] : shown,
  };
}
