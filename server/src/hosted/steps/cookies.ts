import type { ResponseFacts } from "../fetcher.js";
import { type Step, step } from "../report.js";

/** A document that sets cookies is not the same for everybody, and some caches keep no such answer. */
export function cookiesStep(response: ResponseFacts): Step {
  const names = (response.headers.get("set-cookie") ?? []).map(
    (cookie) => /^[^=;]*/.exec(cookie)?.[0].trim() ?? "",
  );
  if (names.length === 0) return step("cookies", "passed", "No cookies.");
  return step(
    "cookies",
    "warning",
    `The answer sets ${names.length === 1 ? "a cookie" : "cookies"} (${names.slice(0, 5).join(", ")}), which keeps caches from storing it.`,
    {
      fix: "Serve the document without session, analytics and bot protection.",
    },
  );
}
