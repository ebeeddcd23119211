import { say } from "../../localisation/say.js";
import type { ServerProfile } from "../../servers/profile.js";
import type { FetchTrail } from "../fetcher.js";
import { type Step, step } from "../report.js";
import { SERVER_FETCHING } from "../serverFetching.js";
import { exchangeMs } from "../serverVerdicts.js";

/** Compares the time the whole exchange took with what the servers wait. */
export function timeStep(trail: FetchTrail, servers: readonly ServerProfile[]): Step {
  const took = exchangeMs(trail);
  const impatient = servers.filter(
    ({ id }) => took > (SERVER_FETCHING[id]?.timeoutMs ?? Number.POSITIVE_INFINITY),
  );
  const shown = took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`;
  if (impatient.length === 0) return step("time", "passed", say`Fetched in ${shown}.`);
  return step(
    "time",
    "warning",
    say`Fetching took ${shown}, longer than ${impatient.map(({ name }) => name).join(", ")} may wait.`,
    {
      fix: say`Serve the document as a static file, from a CDN if the host is far away.`,
      details: impatient.map(
        ({ id, name }) => say`${name} waits ${(SERVER_FETCHING[id]?.timeoutMs ?? 0) / 1000} s.`,
      ),
    },
  );
}
