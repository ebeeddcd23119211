import * as z from "zod/mini";
import { type Hosting, isHostingBase } from "../check/hosting.js";
import { RULE_SETTINGS, type RuleSetting, type RuleSettings } from "../check/severities.js";
import type { ServerProfile } from "../servers/profile.js";
import { SERVERS, serverById } from "../servers/servers.js";

/** The `cimd.*` settings as the language server uses them. */
export interface Settings {
  /** Target servers; empty means all known. */
  readonly targets: readonly ServerProfile[];
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

const RawSettings = z.object({
  servers: z.optional(z.nullable(z.array(z.string()))),
  rules: z.optional(z.nullable(z.record(z.string(), z.string()))),
  hosting: z.optional(z.nullable(z.record(z.string(), z.string()))),
  hosted: z.optional(
    z.nullable(
      z.object({
        timeout: z.optional(z.nullable(z.number())),
        allowPrivateNetwork: z.optional(z.nullable(z.boolean())),
      }),
    ),
  ),
  codeLens: z.optional(z.nullable(z.object({ enabled: z.optional(z.nullable(z.boolean())) }))),
  inlayHints: z.optional(z.nullable(z.object({ enabled: z.optional(z.nullable(z.boolean())) }))),
});
type RawSettings = z.infer<typeof RawSettings>;

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
  const raw = shapeOf(section, complaints);
  const targets: ServerProfile[] = [];
  for (const id of raw.servers ?? []) {
    const server = serverById(id);
    if (server) targets.push(server);
    else {
      complaints.push(
        `cimd.servers: no authorization server has the id "${id}". Known ids: ${SERVERS.map((known) => known.id).join(", ")}.`,
      );
    }
  }
  const rules: Record<string, RuleSetting> = Object.create(null);
  for (const [id, setting] of Object.entries(raw.rules ?? {})) {
    if ((RULE_SETTINGS as readonly string[]).includes(setting)) rules[id] = setting as RuleSetting;
    else complaints.push(`cimd.rules: "${setting}" for ${id} is not one of ${RULE_SETTINGS.join(", ")}.`);
  }
  for (const [glob, base] of Object.entries(raw.hosting ?? {})) {
    if (isHostingBase(base)) continue;
    complaints.push(
      `cimd.hosting: "${base}" for ${glob} is no https URL without query and fragment, so no file has an address by it.`,
    );
  }
  const timeout = raw.hosted?.timeout ?? DEFAULT_SETTINGS.hosted.timeoutSeconds;
  return {
    targets,
    rules,
    hosting: raw.hosting ?? {},
    hosted: {
      timeoutSeconds: Math.min(TIMEOUT.most, Math.max(TIMEOUT.least, timeout)),
      allowPrivateNetwork: raw.hosted?.allowPrivateNetwork ?? false,
    },
    codeLens: raw.codeLens?.enabled ?? true,
    inlayHints: raw.inlayHints?.enabled ?? false,
    complaints,
  };
}

/** Keeps every top-level value of the right shape and names the others. */
function shapeOf(section: unknown, complaints: string[]): RawSettings {
  if (typeof section !== "object" || section === null) return {};
  const whole = RawSettings.safeParse(section);
  if (whole.success) return whole.data;
  const kept: Record<string, unknown> = { ...section };
  for (const issue of whole.error.issues) {
    const name = String(issue.path[0]);
    if (!(name in kept)) continue;
    delete kept[name];
    complaints.push(`cimd.${issue.path.join(".")} has the wrong type and was left out: ${issue.message}.`);
  }
  const rest = RawSettings.safeParse(kept);
  return rest.success ? rest.data : {};
}
