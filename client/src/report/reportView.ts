import * as z from "zod/mini";
import { DiscoveryReportShape, HostedReportShape } from "../../../server/src/lsp/protocol.js";

/** A report that the panel can show. */
export const ShownReport = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hosted"), report: HostedReportShape }),
  z.object({ kind: z.literal("discovery"), report: DiscoveryReportShape }),
]);
export type ShownReport = z.infer<typeof ShownReport>;

/** What the page of the report panel draws. */
export const ReportView = z.object({
  shown: ShownReport,
  /** Which of the runs is shown. */
  run: z.int(),
  /** The runs of this session that are remembered, the newest first. */
  runs: z.array(z.object({ id: z.int(), label: z.string() })),
});
export type ReportView = z.infer<typeof ReportView>;
