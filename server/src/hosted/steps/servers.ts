import { isRefusal } from "../../servers/evaluate.js";
import type { Verdict } from "../../servers/profile.js";
import { type Step, step } from "../report.js";

/**
 * Sums up the verdicts, fetch stage included.
 *
 * @param targeted whether a person named these servers: then a refusal is a failure, otherwise worth knowing
 * @param name the server's display name
 */
export function serversStep(
  verdicts: readonly Verdict[],
  targeted: boolean,
  name: (server: string) => string,
): Step {
  if (verdicts.length === 0) return step("servers", "skipped", "No authorization server was asked about.");
  const refusing = verdicts.filter(({ verdict }) => verdict === "refuses");
  const accepting = verdicts.filter(({ verdict }) => verdict === "accepts");
  const details = refusing.map(
    (verdict) => `${name(verdict.server)} ${verdict.version} refuses: ${whyRefused(verdict)}`,
  );
  if (refusing.length > 0) {
    return step(
      "servers",
      targeted ? "failed" : "warning",
      `${list(refusing, name)} ${refusing.length === 1 ? "refuses" : "refuse"} the document.`,
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
    `${list(accepting, name)} ${accepting.length === 1 ? "accepts" : "accept"} the document${accepting.length === verdicts.length ? "" : "; the others are not known to refuse it"}.`,
  );
}

function whyRefused({ reasons }: Verdict): string {
  return reasons
    .filter(isRefusal)
    .map(({ message }) => message)
    .join("; ");
}

function list(verdicts: readonly Verdict[], name: (server: string) => string): string {
  const names = verdicts.map(({ server }) => name(server));
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
