import { STEP_TITLES } from "../../../server/src/hosted/report.js";
import type { HostedReportShape } from "../../../server/src/lsp/protocol.js";

/** The report in one sentence. */
export function summary({ ok, steps, url }: HostedReportShape): string {
  const failed = steps.filter(({ state }) => state === "failed");
  const warnings = steps.filter(({ state }) => state === "warning").length;
  const host = hostOf(url);
  if (!ok || failed.length > 0) {
    const names = failed.map(({ id }) => stepTitle(id)).join(", ");
    return `The document at ${host} fails: ${names}.`;
  }
  if (warnings > 0)
    return `The document at ${host} can be used, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}.`;
  return `The document at ${host} passes every check.`;
}

/** The host of a URL for messages; the text itself where it has none. */
export function hostOf(url: string): string {
  return (URL.canParse(url) && new URL(url).host) || url;
}

/** The heading of a step. */
export function stepTitle(id: string): string {
  return Object.hasOwn(STEP_TITLES, id) ? STEP_TITLES[id as keyof typeof STEP_TITLES] : id;
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
