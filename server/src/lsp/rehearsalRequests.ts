import { say } from "../localisation/say.js";
import { traceOf } from "../messageOf.js";
import type { Rehearsal, StepName } from "../rehearsal/rehearsal.js";
import { SERVERS } from "../servers/servers.js";
import { consentServers } from "../views/consent/buildConsentView.js";
import { SPECIFICATION_SCREEN } from "../views/consent/consentView.js";
import type { Connection } from "./connection.js";
import {
  REHEARSAL_EVENT,
  type RehearsalEvent,
  START_REHEARSAL,
  STOP_REHEARSAL,
  StartRehearsalParams,
  type StartRehearsalResult,
  StopRehearsalParams,
} from "./rehearsalProtocol.js";
import type { Session } from "./session.js";

/** Loads the rehearsal and the libraries that it stands on. */
export type LoadRehearsal = () => Promise<
  Pick<typeof import("../rehearsal/rehearsal.js"), "startRehearsal" | "RehearsalError">
>;

interface Running {
  readonly token: string;
  readonly uri: string;
  readonly rehearsal: Rehearsal;
}

/** Answers `cimd/startRehearsal` and `cimd/stopRehearsal`. */
export function answerRehearsalRequests(
  connection: Connection,
  { guard, documents }: Session,
  loadRehearsal: LoadRehearsal,
): void {
  let running: Running | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Starts and ends one after the other, so that no rehearsal is left that nobody can end. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = last.then(run);
    // Whoever asked hears of a failure; the next one starts all the same.
    last = result.catch(() => undefined);
    return result;
  }

  function tell(token: string, event: RehearsalEvent["event"]): void {
    const told: RehearsalEvent = { token, event };
    connection.sendNotification(REHEARSAL_EVENT, told);
  }

  async function end(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.rehearsal.stop();
  }

  async function start({ uri, server, port, token }: StartRehearsalParams): Promise<StartRehearsalResult> {
    await end();
    const servers = consentServers(SERVERS);
    const opened = documents.get(uri);
    if (!opened) return { state: "refused", servers, reason: say`The document is not open any more.` };
    const { startRehearsal, RehearsalError } = await loadRehearsal();
    const startOn = (tried: number | undefined): Promise<Rehearsal> =>
      startRehearsal({
        // A request that is under way while the document is closed still gets its text.
        text: () => (documents.get(uri) ?? opened).getText(),
        server: server === SPECIFICATION_SCREEN ? undefined : server,
        port: tried,
        consent: "ask",
        onStep: ({ name, outcome, sentence, detail, at }) =>
          tell(token, {
            type: "step",
            step: { title: STEP_TITLES[name](), outcome, sentence, detail: [...detail], at },
          }),
        onSignedIn: () => tell(token, { type: "signedIn" }),
      });
    try {
      const rehearsal = await startOn(port).catch((error: unknown) => {
        if (port === undefined || !isPortUnusable(error)) throw error;
        return startOn(undefined);
      });
      running = { token, uri, rehearsal };
      return { state: "started", servers, address: rehearsal.address, port: rehearsal.port };
    } catch (error) {
      if (error instanceof RehearsalError) return { state: "refused", servers, reason: error.message };
      throw error;
    }
  }

  async function closed(uri: string): Promise<void> {
    if (running?.uri !== uri) return;
    tell(running.token, { type: "ended", reason: say`The document was closed.` });
    await end();
  }

  connection.onRequest(START_REHEARSAL, (params: unknown, token) =>
    guard(say`Starting the rehearsal`, token, () => {
      const asked = StartRehearsalParams.parse(params);
      return inTurn(() => start(asked));
    }),
  );

  connection.onRequest(STOP_REHEARSAL, (params: unknown, token) =>
    guard(say`Stopping the rehearsal`, token, () => {
      const asked = StopRehearsalParams.parse(params);
      return inTurn(async () => {
        if (running?.token === asked.token) await end();
      });
    }),
  );

  documents.onDidClose((uri) => {
    inTurn(() => closed(uri)).catch((error: unknown) => {
      connection.console.error(`The rehearsal did not end in order: ${traceOf(error)}`);
    });
  });
}

/** Whether another port may work: this one is in use, or the system does not let anybody have it. */
function isPortUnusable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "port-in-use" || code === "EACCES";
}

const STEP_TITLES: Readonly<Record<StepName, () => string>> = {
  document: () => say`Document`,
  unauthorized: () => say`First request`,
  "resource-metadata": () => say`Protected resource metadata`,
  "server-metadata": () => say`Authorization server metadata`,
  registration: () => say`Dynamic registration`,
  authorization: () => say`Authorization request`,
  consent: () => say`Consent`,
  token: () => say`Token request`,
  refresh: () => say`Refresh`,
  mcp: () => say`MCP request`,
  other: () => say`Other request`,
};
