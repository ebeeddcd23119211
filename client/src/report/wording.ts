import type { DiscoveryReportShape, HostedReportShape } from "../../../server/src/lsp/protocol.js";
import { hostOf } from "../hosted/urls.js";
import type { ShownReport } from "./reportView.js";

/** The report of a hosted check in one sentence. */
export function summary({ ok, steps, url }: HostedReportShape): string {
  const failed = steps.filter(({ state }) => state === "failed");
  const warnings = steps.filter(({ state }) => state === "warning").length;
  const host = hostOf(url);
  if (!ok || failed.length > 0) {
    const names = failed.map(({ title }) => title).join(", ");
    return `The document at ${host} fails: ${names}.`;
  }
  if (warnings > 0)
    return `The document at ${host} can be used, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}.`;
  return `The document at ${host} passes every check.`;
}

/** What was found out about an MCP server in one sentence. */
export function discoverySummary({
  url,
  supported,
  authorizationServers,
  steps,
}: DiscoveryReportShape): string {
  const host = hostOf(url);
  const hosts = (which: boolean) =>
    authorizationServers
      .filter((server) => server.supported === which)
      .map(({ issuer }) => hostOf(issuer))
      .join(", ");
  if (supported) return `${host} takes client metadata documents: ${hosts(true)} advertises support.`;
  if (authorizationServers.length > 0)
    return `${host} does not take client metadata documents, as far as it says: ${hosts(false)} does not advertise support.`;
  const failed = steps.find(({ state }) => state === "failed");
  return `Whether ${host} takes client metadata documents could not be found out${failed ? `: ${failed.title} failed` : ""}.`;
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
  if (kind === "discovery") return report.supported ? "supports CIMD" : "no CIMD support found";
  if (!report.ok) return "fails";
  const warnings = report.steps.filter(({ state }) => state === "warning").length;
  if (warnings === 0) return "passes";
  return warnings === 1 ? "1 warning" : `${warnings} warnings`;
}

const EXTRAS = { logo: "the logo", jwks: "the keys", links: "the links" } as const;

/** `Also check the logo, the keys and the links`; undefined where nothing is offered. */
export function extrasLabel({ extras }: HostedReportShape): string | undefined {
  const names: string[] = extras.map(({ id }) => EXTRAS[id]);
  const last = names.pop();
  if (last === undefined) return undefined;
  return `Also check ${names.length > 0 ? `${names.join(", ")} and ${last}` : last}`;
}

const GROUPS = [
  { verdict: "refuses", title: "Refuse it" },
  { verdict: "accepts", title: "Accept it" },
  { verdict: "unknown", title: "Not known" },
] as const;

/** The servers by verdict, those that refuse first and with their reason. */
export function verdictGroups({
  verdicts,
}: HostedReportShape): { title: string; servers: { server: string; why: string }[] }[] {
  return GROUPS.map(({ verdict, title }) => ({
    title,
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
      ? `Caches may keep the answer until ${cache.freshUntil}.`
      : "Caches may not keep the answer, or must ask again each time.",
    ...cache.servers.map(({ server, seconds, until }) =>
      seconds > 0 ? `${server} may use its copy until ${until}.` : `${server} asks again every time.`,
    ),
  ];
}
