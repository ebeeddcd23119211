import { checkDocument } from "../../api/checkDocument.js";
import { say } from "../../localisation/say.js";
import type { Problem } from "../../rules/problem.js";
import { type Step, step } from "../report.js";

/** Rules about the host that the addresses step answers better than the text alone. */
export const ABOUT_ADDRESSES: ReadonlySet<string> = new Set([
  "client-id/special-use-host",
  "client-id/non-public-host",
  "client-id/ip-literal",
]);

/** Judges the URL as a client identifier, by the rules for `client_id`. */
export function urlStep(url: string): Step {
  const problems = checkDocument(JSON.stringify({ client_id: url }), {
    url,
    servers: "none",
  }).problems.filter(({ rule }) => rule.startsWith("client-id/") && !ABOUT_ADDRESSES.has(rule));
  const worst = problems.find(isError) ?? problems.find(({ severity }) => severity === "warning");
  if (!worst) return step("url", "passed", say`The URL can be a client identifier.`);
  const others = problems.filter((problem) => problem !== worst && problem.severity !== "hint");
  return step("url", isError(worst) ? "failed" : "warning", worst.message, {
    details: others.map(({ message }) => message),
  });
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}
