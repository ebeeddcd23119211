import path from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { serverChoice, UnknownServerError } from "../api/checkDocument.js";
import { type Hosting, hostedUrl, isHostingBase } from "../check/hosting.js";
import { RULE_SETTINGS, type RuleSetting } from "../check/severities.js";
import { describeValue } from "../document/valueText.js";
import { DEFAULT_TIMEOUT_SECONDS } from "../hosted/limits.js";
import { messageOf } from "../messageOf.js";
import { type CliIo, UsageError } from "./io.js";
import { quoted } from "./printable.js";
import { isBelow, readText as readFileText } from "./readFile.js";
import { readSettingsFile } from "./settingsFile.js";

/**
 * Reads a subcommand's arguments, strictly.
 *
 * @throws {UsageError} for unknown options and missing values
 */
export function readArguments<T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node.js goes on to explain how to pass what starts with a hyphen.
    throw new UsageError(messageOf(error).replace(/\. To specify a positional argument.*$/s, "."));
  }
}

/**
 * Reads the arguments of a subcommand that takes a URL and nothing else.
 *
 * @throws {UsageError} for none and for several
 */
export function readOnlyUrl(positionals: readonly string[]): string {
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) throw new UsageError("exactly one URL is needed.");
  return url;
}

/**
 * Reads `--format text|json`.
 *
 * @throws {UsageError} for anything else
 */
export function readFormat(given: string): "text" | "json" {
  if (given !== "text" && given !== "json")
    throw new UsageError(`--format takes text or json, not ${quoted(given)}.`);
  return given;
}

/** A timer of Node.js that is set longer ends at once. */
const MOST_SECONDS = 2_147_483;

/**
 * Reads `--timeout SECONDS`.
 *
 * @throws {UsageError} for anything but a positive number
 */
export function readTimeout(given: string | undefined): number {
  if (given === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = given.trim() === "" ? Number.NaN : Number(given);
  if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
    throw new UsageError(`--timeout takes a number of seconds up to ${MOST_SECONDS}, not ${quoted(given)}.`);
  }
  return seconds;
}

/**
 * Reads `--verdicts group|all`.
 *
 * @throws {UsageError} for anything else
 */
export function readVerdicts(given: string): "group" | "all" {
  if (given !== "group" && given !== "all")
    throw new UsageError(`--verdicts takes group or all, not ${quoted(given)}.`);
  return given;
}

/**
 * Reads `--server ID|GROUP,…|none`.
 *
 * @returns ids and names of groups, `"none"`, or undefined when the option was not given
 * @throws {UsageError} for what is neither
 */
export function readServers(given: readonly string[] | undefined): string[] | "none" | undefined {
  const ids = given
    ?.flatMap((value) => value.split(","))
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (!ids || ids.length === 0) return undefined;
  if (ids.includes("none")) {
    if (ids.length > 1) throw new UsageError('--server takes ids and groups, or "none", not both.');
    return "none";
  }
  try {
    serverChoice(ids);
  } catch (error) {
    if (error instanceof UnknownServerError) throw new UsageError(error.message);
    throw error;
  }
  return ids;
}

/**
 * Reads `--rule ID=SEVERITY`.
 *
 * @throws {UsageError} for a severity that does not exist
 */
export function readRules(given: readonly string[] | undefined): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = Object.create(null);
  for (const entry of given ?? []) {
    const equals = entry.indexOf("=");
    const setting = entry.slice(equals + 1);
    if (equals <= 0 || !isRuleSetting(setting)) {
      throw new UsageError(
        `--rule takes ID=SEVERITY with one of ${RULE_SETTINGS.join(", ")}, not ${quoted(entry)}.`,
      );
    }
    rules[entry.slice(0, equals)] = setting;
  }
  return rules;
}

function isRuleSetting(value: unknown): value is RuleSetting {
  return (RULE_SETTINGS as readonly unknown[]).includes(value);
}

/** What `--config` takes over from a VS Code settings file. */
export interface ConfigFile {
  readonly servers: string[] | undefined;
  readonly rules: Record<string, RuleSetting>;
  /**
   * Where `cimd.hosting` says that a file is served from; undefined where it says nothing about it.
   *
   * @param file relative to the current folder, or absolute
   */
  readonly urlOf: (file: string) => string | undefined;
}

/**
 * Reads the `cimd.*` keys of a VS Code settings file (JSON with comments), so that editor and pipeline agree.
 *
 * @throws {UsageError} when the file cannot be read or a key has the wrong type
 */
export async function readConfig(file: string | undefined, io: CliIo): Promise<ConfigFile> {
  if (file === undefined) return { servers: undefined, rules: {}, urlOf: () => undefined };
  const absolute = path.resolve(io.cwd, file);
  const settings = readSettingsFile(await readText(file, io), file);
  const servers = settings["cimd.servers"];
  if (servers !== undefined && !(Array.isArray(servers) && servers.every((id) => typeof id === "string"))) {
    throw new UsageError(`${file}: cimd.servers must be an array of server ids and groups.`);
  }
  const rules = settings["cimd.rules"] ?? {};
  if (typeof rules !== "object" || rules === null || Array.isArray(rules)) {
    throw new UsageError(`${file}: cimd.rules must be an object of rule ids and severities.`);
  }
  return {
    servers: readServers(servers) as string[] | undefined,
    rules: readRuleSettings(rules, file),
    urlOf: urlsBy(readHosting(settings["cimd.hosting"], file), absolute, io),
  };
}

/** @throws {UsageError} for a severity that does not exist */
function readRuleSettings(settings: object, file: string): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = Object.create(null);
  for (const [id, setting] of Object.entries(settings)) {
    if (!isRuleSetting(setting)) {
      throw new UsageError(
        `${file}: cimd.rules takes one of ${RULE_SETTINGS.join(", ")} for ${quoted(id)}, not ${describeValue(setting)}.`,
      );
    }
    rules[id] = setting;
  }
  return rules;
}

/** @throws {UsageError} where the value is not what the setting takes */
function readHosting(value: unknown, file: string): Hosting {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${file}: cimd.hosting must be an object of globs and base URLs.`);
  for (const [glob, base] of Object.entries(value)) {
    if (typeof base !== "string" || !isHostingBase(base))
      throw new UsageError(
        `${file}: cimd.hosting needs an https URL without query and fragment for ${quoted(glob)}, not ${describeValue(base)}.`,
      );
  }
  return value as Hosting;
}

/** The globs are relative to the folder that the settings are for: the one beside `.vscode`, else the file's own. */
function urlsBy(hosting: Hosting, settingsFile: string, { cwd }: CliIo): ConfigFile["urlOf"] {
  const beside = path.dirname(settingsFile);
  const root = path.basename(beside) === ".vscode" ? path.dirname(beside) : beside;
  return (file) => {
    const absolute = path.resolve(cwd, file);
    if (!isBelow(root, absolute)) return undefined;
    return hostedUrl(hosting, path.relative(root, absolute).split(path.sep).join("/"));
  };
}

/**
 * A file's text, or standard input for `-`.
 *
 * @throws {UsageError} when the file cannot be read
 */
export function readTextOrStdin(file: string, io: CliIo): Promise<string> {
  return file === "-" ? io.readStdin() : readText(file, io);
}

/** @throws {UsageError} naming the file as the person does, and the cause */
export async function readText(file: string, { cwd }: CliIo): Promise<string> {
  const read = readFileText(path.resolve(cwd, file), file);
  if ("failure" in read) throw new UsageError(read.failure);
  return read.text;
}
