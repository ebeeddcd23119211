import type { DiscoveryReportShape, HostedReportShape } from "../../server/src/lsp/protocol.js";

export const URL_ = "https://app.acme.dev/oauth/client.json";

type Step = HostedReportShape["steps"][number];

/** A step of a report, with what the test is about. */
export function stepOf(id: string, state: Step["state"], more: Partial<Step> = {}): Step {
  return { id, title: `The ${id}`, state, sentence: `About ${id}.`, durationMs: 0, ...more };
}

/** A hosted report in which everything is well, changed as the test needs it. */
export function hostedReport(more: Partial<HostedReportShape> = {}): HostedReportShape {
  return {
    url: URL_,
    startedAt: "2026-11-23T14:03:05.000Z",
    durationMs: 12.4,
    steps: [stepOf("url", "passed")],
    ok: true,
    summary: "The document at app.acme.dev passes every check.",
    extras: [],
    markdown: "# Hosted document",
    ...more,
  };
}

/** A discovery that found support, changed as the test needs it. */
export function discoveryReport(more: Partial<DiscoveryReportShape> = {}): DiscoveryReportShape {
  return {
    url: "https://mcp.acme.dev/mcp",
    startedAt: "2026-11-23T14:03:05.000Z",
    durationMs: 40,
    steps: [stepOf("probe", "passed")],
    authorizationServers: [{ issuer: "https://auth.acme.dev", supported: true, usable: true }],
    supported: true,
    usable: true,
    markdown: "# MCP server",
    ...more,
  };
}
