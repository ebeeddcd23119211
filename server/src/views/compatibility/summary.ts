import { say } from "../../localisation/say.js";
import type { Verdict } from "../../servers/profile.js";

/** `Loads on 14, sign-in works on 12 of 19 servers · 4 unknown`; empty without verdicts. */
export function summary(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "";
  const loads = verdicts.filter(({ verdict }) => verdict === "accepts");
  const signsIn = loads.filter(({ signIn }) =>
    signIn.some(({ outcome }) => outcome === "works" || outcome === "limited"),
  );
  const unknown = verdicts.filter(({ verdict }) => verdict === "unknown").length;
  const known =
    verdicts.length === 1
      ? say`Loads on ${loads.length}, sign-in works on ${signsIn.length} of 1 server`
      : say`Loads on ${loads.length}, sign-in works on ${signsIn.length} of ${verdicts.length} servers`;
  return unknown > 0 ? say`${known} · ${unknown} unknown` : known;
}
