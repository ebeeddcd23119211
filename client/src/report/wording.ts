import { minute } from "../../../server/src/hosted/moment.js";
import { say } from "../../../server/src/localisation/say.js";
import type { DiscoveryReportShape, HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { hostOf } from "../hosted/urls.js";
import type { ShownReport } from "./reportView.js";

/** Whether a browser showed nothing of the document, so that nothing is known about it. */
export function isUnseen({ ok, steps }: HostedReportShape): boolean {
  return !ok && !steps.some(({ state }) => state === "failed");
}

/** The steps that could not be taken here and can be elsewhere: they say where. */
export function unseenSteps<S extends { readonly state: string; readonly fix?: string | undefined }>({
  steps,
}: {
  readonly steps: readonly S[];
}): S[] {
  return steps.filter(({ state, fix }) => state === "skipped" && fix !== undefined);
}

/** What was found out about an MCP server in one sentence. */
export function discoverySummary({
  url,
  supported,
  usable,
  authorizationServers,
  steps,
}: DiscoveryReportShape): string {
  const host = hostOf(url);
  const hosts = (which: boolean) =>
    authorizationServers
      .filter((server) => server.supported === which)
      .map(({ issuer }) => hostOf(issuer))
      .join(", ");
  const failing = () =>
    steps
      .filter(({ id, state }) => state === "failed" && id !== "clients")
      .map(({ title }) => title)
      .join(", ");
  if (usable) return say`${host} accepts client metadata documents: ${hosts(true)} advertises support.`;
  if (supported)
    return say`${hosts(true)} advertises client metadata documents for ${host}, but clients will not use them: ${failing()}.`;
  if (authorizationServers.length > 0)
    return say`${host} does not accept client metadata documents, as far as it says: ${hosts(false)} does not advertise support.`;
  const failed = steps.find(({ state }) => state === "failed");
  return failed
    ? say`Whether ${host} accepts client metadata documents could not be found out: ${failed.title} failed.`
    : say`Whether ${host} accepts client metadata documents could not be found out.`;
}

/** `14:03:05`, in the person's own time and way of writing it. */
export function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString();
}

/** One line of the history: `2026-11-23 14:03 UTC · app.example.com · fails`. */
export function runLabel(shown: ShownReport): string {
  const { url, startedAt } = shown.report;
  return [minute(startedAt), hostOf(url), outcome(shown)].join(" · ");
}

function outcome({ kind, report }: ShownReport): string {
  if (kind === "discovery") {
    if (report.usable) return say`supports CIMD`;
    return report.supported ? say`CIMD cannot be used` : say`no CIMD support found`;
  }
  if (isUnseen(report)) return say`not visible here`;
  if (!report.ok) return say`fails`;
  const warnings = report.steps.filter(({ state }) => state === "warning").length;
  if (warnings === 0) return say`passes`;
  return warnings === 1 ? say`1 warning` : say`${warnings} warnings`;
}

const EXTRAS = { logo: () => say`the logo`, jwks: () => say`the keys`, links: () => say`the links` } as const;

/** `Also check the logo, the keys and the links`; undefined where nothing is offered. */
export function extrasLabel({ extras }: HostedReportShape): string | undefined {
  const names: string[] = extras.map(({ id }) => EXTRAS[id]());
  const last = names.pop();
  if (last === undefined) return undefined;
  const others = names.join(", ");
  return others === "" ? say`Also check ${last}` : say`Also check ${others} and ${last}`;
}
