import { type CancellationToken, ErrorCodes, ResponseError } from "vscode-languageserver";
import type * as z from "zod/mini";
import { type DiscoveryReport, runDiscovery } from "../hosted/discovery.js";
import { type OfferedExtra, offeredExtras } from "../hosted/extras.js";
import { checkHosted } from "../hosted/hostedCheck.js";
import { discoveryToMarkdown, toMarkdown } from "../hosted/markdown.js";
import type { CreateFetcher } from "../hosted/network.js";
import type { HostedReport, StepOf } from "../hosted/report.js";
import { say } from "../localisation/say.js";
import { nameOfTarget } from "../servers/groups.js";
import type { Connection } from "./connection.js";
import {
  DISCOVER,
  DiscoverParams,
  HOSTED_STEP,
  type HostedStepParams,
  VALIDATE_HOSTED,
  ValidateHostedParams,
} from "./protocol.js";
import type { Session } from "./session.js";

/** Where a request is about no file: the settings of the window count. */
const NO_DOCUMENT = "untitled:hosted.cimd.json";

type WithMarkdown<Report> = Report & { readonly markdown: string };

/**
 * Answers `cimd/validateHosted` and `cimd/discover`. Requests leave only because a person ran a command; limits and
 * permissions come from the settings and never from the request.
 */
export function answerHostedRequests(
  connection: Connection,
  { guard, settingsFor }: Session,
  createFetcher: CreateFetcher,
): void {
  /** Reports each finished step to whoever sent a token. */
  function progress(token: string | undefined): (step: StepOf<string>) => void {
    return (step) => {
      if (token === undefined) return;
      const finished: HostedStepParams = { token, step: { ...step, details: [...(step.details ?? [])] } };
      connection.sendNotification(HOSTED_STEP, finished);
    };
  }

  connection.onRequest(VALIDATE_HOSTED, (given: unknown, cancellation) =>
    guard(
      say`Validating the hosted document`,
      cancellation,
      async (): Promise<WithMarkdown<HostedReport> & { extras: OfferedExtra[] }> => {
        const { url, uri, localText, extras, token, proxy } = read(ValidateHostedParams, given);
        const { targets, rules, hosted } = await settingsFor(uri ?? NO_DOCUMENT);
        const { allowPrivateNetwork } = hosted;
        const fetcher = await createFetcher({ allowPrivateNetwork, proxy });
        const report = await abortable(cancellation, (signal) =>
          checkHosted(url, {
            fetcher,
            timeoutSeconds: hosted.timeoutSeconds,
            servers: targets.map(nameOfTarget),
            rules,
            localText,
            extras: extras?.ids,
            extraHosts: extras?.hosts,
            signal,
            onStep: progress(token),
          }),
        );
        const offered = report.document ? offeredExtras(report.document.text, url) : [];
        const done = new Set<string>(report.steps.map(({ id }) => id));
        return {
          ...report,
          extras: offered.filter(({ id }) => !done.has(id)),
          markdown: toMarkdown(report),
        };
      },
    ),
  );

  connection.onRequest(DISCOVER, (given: unknown, cancellation) =>
    guard(say`Checking the MCP server`, cancellation, async (): Promise<WithMarkdown<DiscoveryReport>> => {
      const { url, uri, document, token, proxy } = read(DiscoverParams, given);
      const { hosted } = await settingsFor(uri ?? NO_DOCUMENT);
      const { allowPrivateNetwork } = hosted;
      const fetcher = await createFetcher({ allowPrivateNetwork, proxy });
      const report = await abortable(cancellation, (signal) =>
        runDiscovery(url, {
          fetcher,
          timeoutSeconds: hosted.timeoutSeconds,
          document,
          allowTypedLoopback: true,
          signal,
          onStep: progress(token),
        }),
      );
      return { ...report, markdown: discoveryToMarkdown(report) };
    }),
  );
}

function read<T>(shape: z.ZodMiniType<T>, given: unknown): T {
  const params = shape.safeParse(given);
  if (!params.success) throw new ResponseError(ErrorCodes.InvalidParams, params.error.message);
  return params.data;
}

async function abortable<T>(
  cancellation: CancellationToken,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const listener = cancellation.onCancellationRequested(() => abort.abort());
  try {
    return await run(abort.signal);
  } finally {
    listener.dispose();
  }
}
