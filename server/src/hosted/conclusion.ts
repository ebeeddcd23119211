import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { sumOf } from "../views/compatibility/summary.js";
import type { HostedVerdict, Step } from "./report.js";

/** What a hosted check found. */
export interface Findings {
  readonly url: string;
  readonly steps: readonly Step[];
  /** Of the servers that count. */
  readonly verdicts: readonly HostedVerdict[];
  /** Whether it was fetched from an address that no authorization server may fetch from. */
  readonly isPrivate: boolean;
}

/** The verdict of a hosted check: it agrees with each of the steps and with each server that counts. */
export function conclusion({ url, steps, verdicts, isPrivate }: Findings): string {
  const host = clip(URL.parse(url)?.host || url);
  const failed = steps.filter(({ state }) => state === "failed");
  const isRead = steps.some(({ id, state }) => id === "json" && state === "passed");
  const refusing = isRead ? verdicts.filter((verdict) => sumOf(verdict) === "refuses") : [];
  const said: string[] = [];
  if (failed.length > 0)
    said.push(say`The document at ${host} fails at ${failed.map(({ title }) => title).join(", ")}.`);
  else if (!isRead) return say`This browser does not show the document at ${host}.`;
  else said.push(isPrivate ? fromHereOnly(host) : usable(host, steps));
  if (refusing.length > 0) said.push(refusals(refusing, verdicts.length));
  if (failed.length === 0 && steps.some(({ state, fix }) => state === "skipped" && fix !== undefined))
    said.push(say`A browser cannot make every check.`);
  return said.join(" ");
}

function fromHereOnly(host: string): string {
  return say`The document at ${host} can be read from here, and authorization servers must not fetch it: its address is private.`;
}

/** The warning of the step about servers is what {@link refusals} says. */
function usable(host: string, steps: readonly Step[]): string {
  const warned = steps.filter(({ state }) => state === "warning");
  const warnings = warned.filter(({ id }) => id !== "servers").length;
  if (warnings === 1) return say`The document at ${host} can be used, with one warning.`;
  if (warnings > 1) return say`The document at ${host} can be used, with ${warnings} warnings.`;
  return warned.length > 0
    ? say`The document at ${host} can be used.`
    : say`The document at ${host} passes every check.`;
}

function refusals(refusing: readonly HostedVerdict[], asked: number): string {
  const [first] = refusing;
  if (asked === 1) return say`${first?.name} refuses it.`;
  return refusing.length === 1
    ? say`1 of ${asked} authorization servers refuses it: ${first?.name}.`
    : say`${refusing.length} of ${asked} authorization servers refuse it.`;
}
