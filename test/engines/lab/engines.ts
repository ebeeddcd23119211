import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { EngineCase } from "./cases.js";

/** How far a driver goes: `url` is a client library that looks at the URL only. */
export type EngineStage = "url" | "document" | "authorize";

export type ToolchainName = "node" | "python" | "maven" | "go" | "cargo";

/** {@link MANIFEST}: which code a driver runs, and how much of it. */
export interface EngineManifest {
  /** The id of the profile, or of the client library. */
  readonly server: string;
  /** Registry and name: `npm:oidc-provider`. */
  readonly package: string;
  /** The locked version. */
  readonly version: string;
  readonly toolchain: ToolchainName;
  readonly stages: readonly EngineStage[];
  /** Which of the server's own functions run. */
  readonly calls: string;
  /** What is replaced. */
  readonly stubbed: string;
  /** Constraints of the profile that stand in replaced code, and why the driver does not reach them. */
  readonly unreached?: Readonly<Record<string, string>>;
  /** Files beside the folders of the drivers, or in those of others, that this one needs. */
  readonly shared?: readonly string[];
  /** What `--newest` installs, where it is not the newest release of everything in the manifest. */
  readonly newest?: readonly string[];
  /** For an older release: the version up to which a profile's `changes` hold. */
  readonly before?: string;
  /** The version of Python that the package needs, where an older one is common: `3.12`. */
  readonly python?: string;
}

/** A folder of `test/engines` with a driver in it. */
export interface Engine extends EngineManifest {
  /** The folder's name: the profile's id, with `@<release line>` for an older release. */
  readonly id: string;
  readonly folder: string;
  /** Cases of the driver's own, which are always asked and recorded. */
  readonly cases: readonly EngineCase[];
}

/** Where the drivers stand, relative to the repository's root. */
export const ENGINES_FOLDER = path.join("test", "engines");

/** The files of an engine's folder that say what it is, what else is asked, and what it answered. */
export const MANIFEST = "engine.json";
export const CASES_FILE = "cases.json";
export const RECORDED_FILE = "recorded.json.gz";

/** @returns every engine that has a driver, by id */
export function findEngines(root: string): Engine[] {
  const parent = path.join(root, ENGINES_FOLDER);
  return readdirSync(parent)
    .filter((id) => existsSync(path.join(parent, id, MANIFEST)))
    .sort()
    .map((id) => {
      const folder = path.join(parent, id);
      const manifest = JSON.parse(readFileSync(path.join(folder, MANIFEST), "utf8")) as EngineManifest;
      return { ...manifest, id, folder, cases: ownCases(folder) };
    });
}

/** The package's name without its registry. */
export function packageName({ package: name }: EngineManifest): string {
  return name.slice(name.indexOf(":") + 1);
}

interface WrittenCase {
  readonly text?: string;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly url?: string;
  readonly redirectUri?: string;
}

function ownCases(folder: string): EngineCase[] {
  const file = path.join(folder, CASES_FILE);
  if (!existsSync(file)) return [];
  const written = JSON.parse(readFileSync(file, "utf8")) as readonly WrittenCase[];
  return written.map(({ text, members, url, redirectUri }) => ({
    url: url ?? String(members?.["client_id"] ?? "https://app.acme.dev/oauth/client.json"),
    body: text ?? JSON.stringify(members),
    ...(redirectUri === undefined ? {} : { redirectUri }),
  }));
}
