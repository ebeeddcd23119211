import { type Audience, audiencesOf } from "../document/audiences.js";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Reach, ServerProfile } from "./profile.js";
import { SERVERS } from "./servers.js";

/** Names that stand for several servers wherever ids do. */
export const GROUPS = ["default", "mcp", "atproto", "solid", "all"] as const;
export type Group = (typeof GROUPS)[number];

/** A person's choice: one server, or a group of them. */
export type Target = ServerProfile | Group;

/** What a person writes for a target: an id, or the name of a group. */
export function nameOfTarget(target: Target): string {
  return typeof target === "string" ? target : target.id;
}

export function isGroup(name: string): name is Group {
  return (GROUPS as readonly string[]).includes(name);
}

/** Downloads a month from which on a package counts as one that many people meet. */
export const MANY_DOWNLOADS = 100_000;

/**
 * The rule of the default group: a server that many people meet has at least {@link MANY_DOWNLOADS} downloads a month, is a
 * hosted service whose vendor documents client metadata documents as generally available, or is installed widely.
 */
export function isWidelyMet(reach: Reach | undefined): boolean {
  switch (reach?.kind) {
    case "downloads":
      return reach.perMonth >= MANY_DOWNLOADS;
    case "hosted":
      return reach.generallyAvailable;
    case "installed":
      return true;
    case undefined:
      return false;
  }
}

/** What is known of a server's reach, without its source. */
export function describeReach(reach: Reach): string {
  switch (reach.kind) {
    case "downloads":
      return `${reach.perMonth.toLocaleString("en-US")} downloads of ${reach.package} a month`;
    case "hosted":
      return `hosted; client metadata documents are ${reach.generallyAvailable ? "generally available" : "not generally available yet"}`;
    case "installed":
      return `widely installed: ${reach.reason}`;
  }
}

/** The servers of a group. `default` are those of the document's own audiences that many people meet. */
export function serversOfGroup(group: Group, document: ClientMetadataDocument): readonly ServerProfile[] {
  switch (group) {
    case "all":
      return SERVERS;
    case "default":
      return defaultGroup(audiencesOf(document));
    default:
      return SERVERS.filter(({ audience }) => audience.includes(group));
  }
}

/** The default group of some audiences. */
export function defaultGroup(audiences: readonly Audience[]): readonly ServerProfile[] {
  return SERVERS.filter(
    ({ audience, reach }) => isWidelyMet(reach) && audience.some((one) => audiences.includes(one)),
  );
}

/** The servers that targets stand for with a document, each once, in the order of the registry. */
export function serversOfTargets(
  targets: readonly Target[],
  document: ClientMetadataDocument,
): readonly ServerProfile[] {
  const chosen = new Set(
    targets.flatMap((target) => (typeof target === "string" ? serversOfGroup(target, document) : [target])),
  );
  return SERVERS.filter((server) => chosen.has(server));
}
