import { type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import { toMarkdown } from "../hosted/markdown.js";
import type { HostedReport } from "../hosted/report.js";
import { validateHosted } from "../hosted/validateHosted.js";
import type { Session } from "./languageServer.js";
import { HOSTED_STEP, type HostedStepParams, VALIDATE_HOSTED, ValidateHostedParams } from "./protocol.js";

/**
 * Answers `cimd/validateHosted`. The request leaves only because a person ran the command; limits and permissions come
 * from the settings and never from the request.
 */
export function answerHostedRequests(connection: Connection, { guard, settingsFor }: Session): void {
  connection.onRequest(VALIDATE_HOSTED, (given: unknown, cancellation) =>
    guard(
      "Validating the hosted document",
      cancellation,
      async (): Promise<HostedReport & { markdown: string }> => {
        const params = ValidateHostedParams.safeParse(given);
        if (!params.success) throw new ResponseError(ErrorCodes.InvalidParams, params.error.message);
        const { url, localText, token, proxy } = params.data;
        const { targets, rules, hosted } = await settingsFor(url);
        const abort = new AbortController();
        const listener = cancellation.onCancellationRequested(() => abort.abort());
        try {
          const report = await validateHosted(url, {
            timeoutSeconds: hosted.timeoutSeconds,
            allowPrivateNetwork: hosted.allowPrivateNetwork,
            servers: targets.map(({ id }) => id),
            rules,
            localText,
            proxy,
            signal: abort.signal,
            onStep: (step) => {
              if (token === undefined) return;
              const finished: HostedStepParams = {
                token,
                step: { ...step, details: [...(step.details ?? [])] },
              };
              connection.sendNotification(HOSTED_STEP, finished).catch((error: unknown) => {
                connection.console.error(`A progress report was lost: ${String(error)}`);
              });
            },
          });
          return { ...report, markdown: toMarkdown(report) };
        } finally {
          listener.dispose();
        }
      },
    ),
  );
}
