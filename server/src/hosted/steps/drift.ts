import { type Step, step } from "../report.js";

/** Members whose change decides who may sign in. */
const SENSITIVE: ReadonlySet<string> = new Set([
  "client_id",
  "redirect_uris",
  "jwks",
  "jwks_uri",
  "token_endpoint_auth_method",
]);

/**
 * Compares the hosted text with the local one, member by member.
 *
 * @param hosted what the URL answered
 * @param local what the editor or the file has
 */
export function driftStep(hosted: string, local: string): Step {
  if (hosted === local)
    return step("drift", "passed", "The hosted document is the local file, character by character.");
  const theirs = members(hosted);
  const mine = members(local);
  if (!theirs || !mine) {
    return step("drift", "warning", "The hosted document is not the local file.", {
      fix: "Compare both, and deploy the local file if it is the newer one.",
    });
  }
  const details = [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) => {
    if (!theirs.has(key)) return [`${key}: only in the local file`];
    if (!mine.has(key)) return [`${key}: only in the hosted document`];
    return mine.get(key) === theirs.get(key)
      ? []
      : [`${key}: differs${SENSITIVE.has(key) ? ", which decides who may sign in" : ""}`];
  });
  if (details.length === 0) {
    return step(
      "drift",
      "passed",
      "The hosted document has the same members as the local file; only the writing differs.",
    );
  }
  return step(
    "drift",
    "warning",
    `The hosted document differs from the local file in ${details.length === 1 ? "one member" : `${details.length} members`}.`,
    {
      fix: "Deploy the local file if it is the newer one.",
      details,
    },
  );
}

/** The members of a JSON object with their values as canonical text, or undefined when the text is none. */
function members(text: string): Map<string, string> | undefined {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([key, member]) => [key, canonical(member)]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
