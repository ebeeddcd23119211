import * as vscode from "vscode";
import type * as z from "zod/mini";
import { type EditorProxy, HOSTED_STEP, HostedStepParams } from "../../../server/src/lsp/protocol.js";
import { messageOf } from "../../../server/src/messageOf.js";
import type { LanguageServer } from "../languageClient.js";
import { proxySettings } from "../proxySettings.js";

/** A request of the language server that reaches the network because a person ran a command. */
export interface NetworkRequest<T> {
  readonly method: string;
  readonly params: object;
  readonly answer: z.ZodMiniType<T>;
  /** Shown while it runs; names the host. */
  readonly title: string;
  /** The message when it does not finish. */
  readonly failed: (reason: string) => string;
}

/**
 * Runs a request with progress, step by step, and a way to cancel it.
 *
 * @returns undefined when it was cancelled or failed; of a failure the person is told
 */
export async function runWithProgress<T>(
  languageServer: LanguageServer,
  log: vscode.LogOutputChannel,
  { method, params, answer, title, failed }: NetworkRequest<T>,
): Promise<T | undefined> {
  const token = crypto.randomUUID();
  const proxy: EditorProxy | undefined = proxySettings();
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, cancellation) => {
        const listener = languageServer.onNotification(HOSTED_STEP, (notification) => {
          const step = HostedStepParams.safeParse(notification);
          if (step.success && step.data.token === token) progress.report({ message: step.data.step.title });
        });
        try {
          const whole = { ...params, token, ...(proxy ? { proxy } : {}) };
          const report = await languageServer.request(method, whole, answer, cancellation);
          // The language server answers a cancelled request with what it knew by then.
          return cancellation.isCancellationRequested ? undefined : report;
        } finally {
          listener.dispose();
        }
      },
    );
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    const message = failed(messageOf(error));
    log.error(message);
    void vscode.window.showErrorMessage(message);
    return undefined;
  }
}
