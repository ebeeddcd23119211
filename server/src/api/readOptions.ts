import * as z from "zod/mini";
import { clip } from "../document/valueText.js";
import type { Severity } from "../rules/problem.js";

const SETTINGS: readonly (Severity | "off")[] = ["error", "warning", "information", "hint", "off"];

const TEXT = "must be a string";
const SWITCH = z.boolean("must be true or false");
const TEXTS = z.array(z.string(TEXT), "must be a list of strings");
const FUNCTION = z.custom<(...given: never[]) => unknown>(
  (value) => typeof value === "function",
  "must be a function",
);

export const TEXT_OPTION = z.optional(z.string(TEXT));
export const TEXTS_OPTION = z.optional(TEXTS);

/** The options about servers and rules. */
export const CHECK_OPTIONS = {
  servers: z.optional(z.union([TEXTS, z.literal("none")], 'must be a list of server ids, or "none"')),
  rules: z.optional(
    z.record(
      z.string(),
      z.enum(SETTINGS, `must be one of ${SETTINGS.join(", ")}`),
      "must be an object of rule ids and severities",
    ),
  ),
};

/** The options of everything that reaches the network. */
export const NETWORK_OPTIONS = {
  timeoutSeconds: z.optional(z.custom<number>((value) => typeof value === "number", "must be a number")),
  signal: z.optional(
    z.custom<AbortSignal>((value) => value instanceof AbortSignal, "must be an AbortSignal"),
  ),
  allowPrivateNetwork: z.optional(SWITCH),
  proxy: z.optional(
    z.strictObject(
      { url: z.string(TEXT), noProxy: z.optional(TEXTS), strictSSL: z.optional(SWITCH) },
      "must be an object with the URL of the proxy",
    ),
  ),
  fetcher: z.optional(FUNCTION),
  onStep: z.optional(FUNCTION),
};

/**
 * Checks what a program hands to the API, whose types JavaScript does not check: `"false"` is not true.
 *
 * @param name of the function that was called
 * @throws {TypeError} naming the first option that is wrong, and what it should be
 */
export function requireOptions(name: string, shape: z.ZodMiniType, options: unknown): void {
  const [issue] = shape.safeParse(options).error?.issues ?? [];
  if (!issue) return;
  const option = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const stranger = [...issue.path.map(String), issue.keys[0]].join(".");
    throw new TypeError(`${name}: there is no option ${clip(stranger)}.`);
  }
  throw new TypeError(`${name}: ${option === "" ? "the options" : clip(option)} ${issue.message}.`);
}

/** @throws {TypeError} where the URL is no string */
export function requireUrl(name: string, url: unknown): void {
  if (typeof url !== "string") throw new TypeError(`${name}: the URL must be a string.`);
}
