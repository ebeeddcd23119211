import { sameJson } from "../../document/sameJson.js";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
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
    return step("drift", "passed", say`The hosted document is the local file, character by character.`);
  const theirs = members(hosted);
  const mine = members(local);
  if (!theirs || !mine) {
    return step("drift", "warning", say`The hosted document is not the local file.`, {
      fix: say`Compare both, and deploy the local file if it is the newer one.`,
    });
  }
  const details = [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) => {
    const name = clip(key);
    if (!theirs.has(key)) return [say`${name}: only in the local file`];
    if (!mine.has(key)) return [say`${name}: only in the hosted document`];
    if (sameJson(mine.get(key), theirs.get(key))) return [];
    return [
      SENSITIVE.has(key) ? say`${name}: differs, which decides who may sign in` : say`${name}: differs`,
    ];
  });
  if (details.length === 0) {
    return step(
      "drift",
      "passed",
      say`The hosted document has the same members as the local file; only the writing differs.`,
    );
  }
  return step(
    "drift",
    "warning",
    details.length === 1
      ? say`The hosted document differs from the local file in one member.`
      : say`The hosted document differs from the local file in ${details.length} members.`,
    {
      fix: say`Deploy the local file if it is the newer one.`,
      details,
    },
  );
}

/** The members of a JSON object, or undefined when the text is none. */
function members(text: string): ReadonlyMap<string, unknown> | undefined {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
