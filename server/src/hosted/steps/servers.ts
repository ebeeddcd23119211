import { isRefusal } from "../../servers/evaluate.js";
import { type HostedVerdict, type Step, step } from "../report.js";

/**
 * Sums up the verdicts, fetch stage included.
 *
 * @param targeted whether a person named these servers: then a refusal is a failure, otherwise worth knowing
 */
export function serversStep(verdicts: readonly HostedVerdict[], targeted: boolean): Step {
  if (verdicts.length === 0) return step("servers", "skipped", "No authorization server was asked about.");
  const refusing = verdicts.filter(({ verdict }) => verdict === "refuses");
  const accepting = verdicts.filter(({ verdict }) => verdict === "accepts");
  const details = refusing.map((verdict) => `${verdict.name} refuses: ${whyRefused(verdict)}`);
  if (refusing.length > 0) {
    return step(
      "servers",
      targeted ? "failed" : "warning",
      `${list(refusing)} ${refusing.length === 1 ? "refuses" : "refuse"} the document.`,
      {
        fix: "Each reason below names what to change.",
        details,
      },
    );
  }
  if (accepting.length === 0) {
    return step("servers", "passed", "No server is known to refuse the document.");
  }
  return step(
    "servers",
    "passed",
    `${list(accepting)} ${accepting.length === 1 ? "accepts" : "accept"} the document${accepting.length === verdicts.length ? "" : "; the others are not known to refuse it"}.`,
  );
}

function whyRefused({ reasons }: HostedVerdict): string {
  return reasons
    .filter(isRefusal)
    .map(({ message }) => message.replace(/\.$/, ""))
    .join("; ");
}

function list(verdicts: readonly HostedVerdict[]): string {
  const names = verdicts.map(({ name }) => name);
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
