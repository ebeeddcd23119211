import { type Hosting, isHostingBase } from "../check/hosting.js";
import { namesRule, RULE_SETTINGS, type RuleSetting, type RuleSettings } from "../check/severities.js";
import { clip, describeValue } from "../document/valueText.js";
import { enumerate } from "../localisation/enumerate.js";
import { say } from "../localisation/say.js";
import { RULES } from "../rules/rules.js";
import { GROUPS, isGroup, type Target } from "../servers/groups.js";
import { SERVERS, serverById } from "../servers/servers.js";

/** The `cimd.*` settings as the language server uses them. */
export interface Settings {
  /** Target servers and groups; empty means the document's default group. */
  readonly targets: readonly Target[];
  readonly rules: RuleSettings;
  /** Workspace-relative globs and the base URL their files are deployed under. */
  readonly hosting: Hosting;
  readonly hosted: { readonly timeoutSeconds: number; readonly allowPrivateNetwork: boolean };
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Sentences about values that could not be used. */
  readonly complaints: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  targets: [],
  rules: {},
  hosting: {},
  hosted: { timeoutSeconds: 10, allowPrivateNetwork: false },
  codeLens: true,
  inlayHints: false,
  complaints: [],
};

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** Bounds of `cimd.hosted.timeout`, in seconds. */
const TIMEOUT = { least: 1, most: 60 };

/**
 * Reads the `cimd` section of the editor's settings. A value of the wrong shape is left at its default and complained
 * about; the others count.
 *
 * @param section whatever the editor sent
 */
export function readSettings(section: unknown): Settings {
  const complaints: string[] = [];
  const taken = <T>(path: string, type: (value: unknown) => value is T): T | undefined =>
    take(section, path, type, complaints);
  const targets: Target[] = [];
  const unknownNames = new Set<string>();
  for (const name of taken("servers", isTexts) ?? []) {
    const target = isGroup(name) ? name : serverById(name);
    if (target) targets.push(target);
    else unknownNames.add(quoted(name));
  }
  if (unknownNames.size > 0) {
    complaints.push(
      say`cimd.servers: no authorization server or group is called ${some(unknownNames)}. Groups: ${GROUPS.join(", ")}. Servers: ${SERVERS.map((known) => known.id).join(", ")}.`,
    );
  }
  const rules: Record<string, RuleSetting> = Object.create(null);
  const unknownRules = new Set<string>();
  const unknownSeverities = new Set<string>();
  for (const [id, setting] of Object.entries(taken("rules", isRecordOfTexts) ?? {})) {
    if (!namesRule(id, RULE_IDS)) unknownRules.add(quoted(id));
    if ((RULE_SETTINGS as readonly string[]).includes(setting)) rules[id] = setting as RuleSetting;
    else unknownSeverities.add(say`${quoted(setting)} for ${clip(id, MAX_QUOTED)}`);
  }
  if (unknownRules.size > 0) complaints.push(say`cimd.rules: no rule is called ${some(unknownRules)}.`);
  if (unknownSeverities.size > 0) {
    complaints.push(say`cimd.rules: ${some(unknownSeverities)} is not one of ${RULE_SETTINGS.join(", ")}.`);
  }
  const hosting = taken("hosting", isRecordOfTexts) ?? {};
  const unusableBases = new Set<string>();
  for (const [glob, base] of Object.entries(hosting)) {
    if (!isHostingBase(base)) unusableBases.add(say`${quoted(base)} for ${clip(glob, MAX_QUOTED)}`);
  }
  if (unusableBases.size > 0) {
    complaints.push(
      say`cimd.hosting: ${some(unusableBases)} is no https URL without query and fragment, so no file has an address by it.`,
    );
  }
  const timeout = taken("hosted.timeout", isNumber) ?? DEFAULT_SETTINGS.hosted.timeoutSeconds;
  return {
    targets,
    rules,
    hosting,
    hosted: {
      timeoutSeconds: Math.min(TIMEOUT.most, Math.max(TIMEOUT.least, timeout)),
      allowPrivateNetwork: taken("hosted.allowPrivateNetwork", isBoolean) ?? false,
    },
    codeLens: taken("codeLens.enabled", isBoolean) ?? true,
    inlayHints: taken("inlayHints.enabled", isBoolean) ?? false,
    complaints,
  };
}

/** A complaint names so many values and counts the others, and quotes so much of each, in UTF-16 units. */
const MAX_NAMED = 5;
const MAX_QUOTED = 100;

function some(values: ReadonlySet<string>): string {
  return enumerate([...values], MAX_NAMED);
}

function quoted(value: string): string {
  return describeValue(value, { maxLength: MAX_QUOTED });
}

/**
 * One value of a section of settings; null means what absence means.
 *
 * @param path member names with dots between them
 * @returns undefined where it is absent, and where it has another type, which is complained about
 */
function take<T>(
  section: unknown,
  path: string,
  isType: (value: unknown) => value is T,
  complaints: string[],
): T | undefined {
  let value = section;
  let read = "cimd";
  for (const name of path.split(".")) {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) return complainAbout(read, complaints);
    value = Object.hasOwn(value, name) ? value[name] : undefined;
    read += `.${name}`;
  }
  if (value === undefined || value === null) return undefined;
  return isType(value) ? value : complainAbout(read, complaints);
}

function complainAbout(setting: string, complaints: string[]): undefined {
  const complaint = say`${setting} has the wrong type and was left out.`;
  if (!complaints.includes(complaint)) complaints.push(complaint);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isRecordOfTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every(isText);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}
