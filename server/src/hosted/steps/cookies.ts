import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import type { ResponseFacts } from "../fetcher.js";
import { type Step, step } from "../report.js";

/** A document that sets cookies is not the same for everybody, and some caches keep no such answer. */
export function cookiesStep(response: ResponseFacts): Step {
  const names = (response.headers.get("set-cookie") ?? []).map(
    (cookie) => /^[^=;]*/.exec(cookie)?.[0].trim() ?? "",
  );
  if (names.length === 0) return step("cookies", "passed", say`No cookies.`);
  return step(
    "cookies",
    "warning",
    names.length === 1
      ? say`The answer sets a cookie (${clip(names[0] ?? "")}), which keeps caches from storing it.`
      : say`The answer sets cookies (${clip(names.slice(0, 5).join(", "))}), which keeps caches from storing it.`,
    {
      fix: say`Serve the document without session, analytics and bot protection.`,
    },
  );
}
