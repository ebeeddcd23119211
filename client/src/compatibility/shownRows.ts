import {
  type CompatibilityView,
  GROUPS,
  type Row,
} from "../../../server/src/views/compatibility/compatibilityView.js";
import type { CompatibilityChoices } from "./messages.js";

/** Rows of one group, in the servers' order, those first that the summary counts. */
export interface ShownGroup {
  readonly group: Row["group"];
  readonly rows: readonly Row[];
}

/** Whether the settings name target servers, so that there is something to choose. */
export function hasTargets({ rows }: CompatibilityView): boolean {
  return rows.some(({ target }) => target);
}

/**
 * The rows that the person asked to see, by group. A row matches a filter when each word of it stands somewhere in the
 * row: in the server's name, in an outcome, in a reason, in a rule.
 *
 * @returns groups that have rows, from bad to good, and last those of which it is not known
 */
export function shownRows(
  view: CompatibilityView,
  { filter, targetsOnly }: Pick<CompatibilityChoices, "filter" | "targetsOnly">,
): readonly ShownGroup[] {
  const onlyTargets = targetsOnly && hasTargets(view);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = view.rows
    .filter(({ target }) => target || !onlyTargets)
    .filter((row) => matches(row, words))
    .sort((one, other) => Number(other.counted) - Number(one.counted));
  return GROUPS.map((group) => ({ group, rows: rows.filter((row) => row.group === group) })).filter(
    (group) => group.rows.length > 0,
  );
}

function matches({ server, cells }: Row, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const statements = Object.values(cells).flatMap((cell) => [
    cell.word,
    ...cell.statements.flatMap(({ about = "", text, rule = "", link }) => [
      about,
      text,
      rule,
      link?.label ?? "",
    ]),
  ]);
  const text = [server.id, server.name, server.version, ...statements].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
