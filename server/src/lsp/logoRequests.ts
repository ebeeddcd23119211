import { type FetchedLogo, fetchLogo } from "../hosted/fetchLogo.js";
import { limitsFor } from "../hosted/limits.js";
import type { CreateFetcher } from "../hosted/network.js";
import { say } from "../localisation/say.js";
import type { Connection } from "./connection.js";
import { FETCH_LOGO, FetchLogoParams } from "./protocol.js";
import type { Session } from "./session.js";

/** Answers `cimd/fetchLogo`. The request leaves only because a person pressed a button that names the host. */
export function answerLogoRequests(
  connection: Connection,
  { guard, settingsFor }: Session,
  createFetcher: CreateFetcher,
): void {
  connection.onRequest<FetchedLogo>(FETCH_LOGO, (given: unknown, cancellation) =>
    guard(say`Fetching the logo`, cancellation, async (): Promise<FetchedLogo> => {
      const { uri, url, proxy } = FetchLogoParams.parse(given);
      const { hosted } = await settingsFor(uri);
      const abort = new AbortController();
      const listener = cancellation.onCancellationRequested(() => abort.abort());
      try {
        return await fetchLogo(url, {
          fetcher: await createFetcher({ allowPrivateNetwork: hosted.allowPrivateNetwork, proxy }),
          limits: limitsFor(hosted.timeoutSeconds),
          signal: abort.signal,
        });
      } finally {
        listener.dispose();
      }
    }),
  );
}
