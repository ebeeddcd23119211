import { enumerate } from "../../localisation/enumerate.js";
import { say } from "../../localisation/say.js";
import { isRefusal } from "../../servers/evaluate.js";
import { type Sum, summary, sumOf } from "../../views/compatibility/summary.js";
import { type HostedVerdict, type Step, step } from "../report.js";

/**
 * Sums up the verdicts by outcome, fetch stage included, in the words of the compatibility view.
 *
 * @param verdicts of the servers that count
 * @param targeted whether a person named these servers: then a refusal is a failure, otherwise worth knowing
 */
export function serversStep(verdicts: readonly HostedVerdict[], targeted: boolean): Step {
  if (verdicts.length === 0) return step("servers", "skipped", say`No authorization server was asked about.`);
  const ended = (sum: Sum) => verdicts.filter((verdict) => sumOf(verdict) === sum);
  const refusing = ended("refuses");
  const details = refusing.map((verdict) => say`${verdict.name} refuses: ${whyRefused(verdict)}`);
  for (const [sum, line] of OTHERS) {
    const names = ended(sum).map(({ name }) => name);
    if (names.length > 0) details.push(line(enumerate(names, MOST_NAMES)));
  }
  const sums = summary(verdicts);
  const sentence = targeted
    ? say`Of the servers you target: ${sums}.`
    : say`Of the servers that many people meet: ${sums}.`;
  if (refusing.length === 0) return step("servers", "passed", sentence, { details });
  const isFailure = targeted || refusing.length === verdicts.length;
  return step("servers", isFailure ? "failed" : "warning", sentence, {
    fix: say`Each reason below names what to change.`,
    details,
  });
}

/** Names beyond these are counted; no group is as long. */
const MOST_NAMES = 60;

const OTHERS: readonly (readonly [Sum, (names: string) => string])[] = [
  ["limited", (names) => say`Limited on ${names}.`],
  ["works", (names) => say`Works on ${names}.`],
  ["unknown", (names) => say`Not known for ${names}.`],
];

/** Why a server refuses the document, or else why it signs nobody in. */
function whyRefused({ reasons }: HostedVerdict): string {
  const refusals = reasons.filter(isRefusal);
  const blocking = reasons.filter(({ effect }) => effect === "blocks");
  return (refusals.length > 0 ? refusals : blocking)
    .map(({ message }) => message.replace(/\.$/, ""))
    .join("; ");
}
