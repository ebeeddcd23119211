import { say } from "../../../server/src/localisation/say.js";
import type { DiscoveryReportShape, HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { hostOf } from "../hosted/urls.js";
import type { ShownReport } from "./reportView.js";

/** Whether a browser showed nothing of the document, so that nothing is known about it. */
export function isUnseen({ ok, steps }: HostedReportShape): boolean {
  return !ok && !steps.some(({ state }) => state === "failed");
}

/** The report of a hosted check in one sentence; in two where a browser could not make every check. */
export function summary(report: HostedReportShape): string {
  const partial = report.ok && unseenSteps(report).length > 0;
  return partial ? `${verdictOf(report)} ${say`A browser cannot make every check.`}` : verdictOf(report);
}

function verdictOf(report: HostedReportShape): string {
  const { ok, steps, url } = report;
  const failed = steps.filter(({ state }) => state === "failed");
  const warnings = steps.filter(({ state }) => state === "warning").length;
  const host = hostOf(url);
  if (isUnseen(report)) return say`This browser does not show the document at ${host}.`;
  if (!ok || failed.length > 0) {
    const names = failed.map(({ title }) => title).join(", ");
    return say`The document at ${host} fails: ${names}.`;
  }
  if (warnings === 1) return say`The document at ${host} can be used, with one warning.`;
  if (warnings > 1) return say`The document at ${host} can be used, with ${warnings} warnings.`;
  return say`The document at ${host} passes every check.`;
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

/** `11/23/2026, 2:03:05 PM`, likewise. */
export function momentOf(iso: string): string {
  return new Date(iso).toLocaleString();
}

/** One line of the history: `14:03:05 · app.example.com · fails`. */
export function runLabel(shown: ShownReport): string {
  const { url, startedAt } = shown.report;
  return [timeOf(startedAt), hostOf(url), outcome(shown)].join(" · ");
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

const GROUPS = [
  { verdict: "refuses", title: () => say`Refuse it` },
  { verdict: "accepts", title: () => say`Accept it` },
  { verdict: "unknown", title: () => say`Not known` },
] as const;

/** The servers by verdict, those that refuse first and with their reason. */
export function verdictGroups({
  verdicts,
}: HostedReportShape): { title: string; servers: { server: string; why: string }[] }[] {
  return GROUPS.map(({ verdict, title }) => ({
    title: title(),
    servers: verdicts
      .filter((found) => found.verdict === verdict)
      .map(({ server, reasons }) => ({
        server,
        why: verdict === "refuses" ? (reasons.find(({ effect }) => effect === "blocks")?.message ?? "") : "",
      })),
  })).filter(({ servers }) => servers.length > 0);
}

/** How long the copies of others live. */
export function cacheLines({ cache }: HostedReportShape): string[] {
  if (!cache) return [];
  return [
    cache.freshSeconds > 0
      ? say`Caches may keep the answer until ${cache.freshUntil}.`
      : say`Caches may not keep the answer, or must ask again each time.`,
    ...cache.servers.map(({ server, seconds, until }) =>
      seconds > 0 ? say`${server} may use its copy until ${until}.` : say`${server} asks again every time.`,
    ),
  ];
}
