import { enumerate } from "../../localisation/enumerate.js";
import { say } from "../../localisation/say.js";
import { isRefusal } from "../../servers/evaluate.js";
import { type HostedVerdict, type Step, step } from "../report.js";

/**
 * Sums up the verdicts, fetch stage included.
 *
 * @param targeted whether a person named these servers: then a refusal is a failure, otherwise worth knowing
 */
export function serversStep(verdicts: readonly HostedVerdict[], targeted: boolean): Step {
  if (verdicts.length === 0) return step("servers", "skipped", say`No authorization server was asked about.`);
  const refusing = verdicts.filter(({ verdict }) => verdict === "refuses");
  const accepting = verdicts.filter(({ verdict }) => verdict === "accepts");
  const details = refusing.map((verdict) => say`${verdict.name} refuses: ${whyRefused(verdict)}`);
  if (refusing.length > 0) {
    return step(
      "servers",
      targeted ? "failed" : "warning",
      refusing.length === 1
        ? say`${list(refusing)} refuses the document.`
        : say`${list(refusing)} refuse the document.`,
      {
        fix: say`Each reason below names what to change.`,
        details,
      },
    );
  }
  if (accepting.length === 0) {
    return step("servers", "passed", say`No server is known to refuse the document.`);
  }
  return step("servers", "passed", accepted(accepting, accepting.length === verdicts.length));
}

function whyRefused({ reasons }: HostedVerdict): string {
  return reasons
    .filter(isRefusal)
    .map(({ message }) => message.replace(/\.$/, ""))
    .join("; ");
}

function accepted(names: Parameters<typeof list>[0], all: boolean): string {
  if (all)
    return names.length === 1
      ? say`${list(names)} accepts the document.`
      : say`${list(names)} accept the document.`;
  return names.length === 1
    ? say`${list(names)} accepts the document; the others are not known to refuse it.`
    : say`${list(names)} accept the document; the others are not known to refuse it.`;
}

function list(verdicts: readonly HostedVerdict[]): string {
  return enumerate(
    verdicts.map(({ name }) => name),
    4,
  );
}
