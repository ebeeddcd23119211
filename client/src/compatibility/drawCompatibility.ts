import { say, sayParts } from "../../../server/src/localisation/say.js";
import {
  type Cell,
  QUESTIONS,
  type Question,
  type Row,
} from "../../../server/src/views/compatibility/compatibilityView.js";
import { type Broken, brokenNotice } from "../webview/brokenNotice.js";
import { lockButton } from "../webview/lockButton.js";
import { type Element, h, withCode } from "../webview/markup.js";
import { drawReasons, icon } from "./drawReasons.js";
import type { CompatibilityChoices, Frame } from "./messages.js";
import { hasTargets, type ShownGroup, shownRows } from "./shownRows.js";
import { groupTitle, questionHelp, questionTitle, serverCount } from "./words.js";

interface Drawing {
  readonly frame: Frame;
  readonly locked: boolean;
  readonly choices: CompatibilityChoices;
  readonly broken: Broken | undefined;
  /** The id of the row that the Tab key leads to; the first one where there is no such row. */
  readonly current: string | undefined;
}

const COLUMNS = QUESTIONS.length + 1;

/** The ids of the rows that a person can move to, from top to bottom. */
export function rowIds(
  groups: readonly ShownGroup[],
  { expanded, collapsed }: CompatibilityChoices,
): string[] {
  return groups.flatMap(({ group, rows }) => [
    groupId(group),
    ...(collapsed.includes(group)
      ? []
      : rows.flatMap(({ server: { id } }) =>
          expanded.includes(id) ? [rowId(id), detailId(id)] : [rowId(id)],
        )),
  ]);
}

const groupId = (group: string) => `group-${group}`;
const rowId = (server: string) => `server-${server}`;
const detailId = (server: string) => `reasons-${server}`;

/**
 * Draws the compatibility view: a tree grid of groups, servers and their reasons.
 *
 * @returns a tree without anything that runs, loads or navigates
 */
export function drawCompatibility({ frame, locked, choices, broken, current }: Drawing): Element {
  const { view, documentName } = frame;
  const groups = shownRows(view, choices);
  const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const ids = rowIds(groups, choices);
  const tabStop = current !== undefined && ids.includes(current) ? current : ids[0];
  return h(
    "div",
    { class: broken ? "compatibility is-broken" : "compatibility" },
    masthead(documentName, locked),
    broken && brokenNotice(broken),
    h(
      "main",
      {},
      h("p", { class: "summary" }, view.summary),
      h(
        "p",
        { class: "counted" },
        hasTargets(view)
          ? say`Counted: the servers of cimd.servers. They come first in each group.`
          : say`Counted: the servers that many people meet. They come first in each group.`,
      ),
      h(
        "div",
        { class: "filters", role: "search" },
        h("input", {
          id: "filter",
          class: "filter",
          type: "search",
          maxlength: 200,
          spellcheck: "false",
          autocomplete: "off",
          "aria-label": say`Filter servers, outcomes and reasons`,
          "aria-controls": "grid",
          placeholder: say`Filter servers, outcomes and reasons`,
          value: choices.filter,
        }),
        hasTargets(view) &&
          h(
            "button",
            {
              id: "targets-only",
              type: "button",
              class: "quiet",
              "data-action": "targetsOnly",
              "aria-pressed": choices.targetsOnly ? "true" : "false",
              title: say`Show the servers of the setting cimd.servers only`,
            },
            say`Targets only`,
          ),
        h(
          "span",
          { class: "count", role: "status" },
          shown === view.rows.length ? serverCount(shown) : say`${shown} of ${view.rows.length} servers`,
        ),
      ),
      shown === 0
        ? h(
            "div",
            { class: "no-match", id: "grid" },
            h("p", {}, say`No server matches.`),
            h(
              "button",
              { type: "button", class: "quiet", id: "clear-filter", "data-action": "clearFilter" },
              say`Show all servers`,
            ),
          )
        : h(
            "div",
            {
              class: "grid",
              id: "grid",
              role: "treegrid",
              "aria-labelledby": "title",
              "aria-colcount": COLUMNS,
            },
            h("div", { class: "grid-head", role: "rowgroup" }, headRow()),
            h(
              "div",
              { class: "grid-body", role: "rowgroup" },
              groups.flatMap((group, at) => groupRows(group, at, groups.length, choices, tabStop)),
            ),
          ),
    ),
  );
}

function masthead(documentName: string, locked: boolean): Element {
  return h(
    "header",
    { class: "masthead" },
    h("h1", { id: "title" }, sayParts`Server compatibility of ${h("bdi", {}, documentName)}`),
    h(
      "div",
      { class: "tools" },
      lockButton(locked),
      h(
        "button",
        { type: "button", class: "quiet", "data-action": "testRedirectUri" },
        say`Test a Redirect URI…`,
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-action": "copyMarkdown",
          title: say`Copy the servers that are shown as a Markdown table`,
        },
        say`Copy as Markdown`,
      ),
    ),
  );
}

function headRow(): Element {
  const heading = (question: string, title: string, help?: string): Element =>
    h("div", { class: `head head-${question}`, role: "columnheader", title: help }, title);
  return h(
    "div",
    { class: "grid-row head-row", role: "row" },
    heading("server", say`Server`),
    QUESTIONS.map((question) => heading(question, questionTitle(question), questionHelp(question))),
  );
}

function groupRows(
  { group, rows }: ShownGroup,
  at: number,
  groups: number,
  choices: CompatibilityChoices,
  tabStop: string | undefined,
): Element[] {
  const open = !choices.collapsed.includes(group);
  const id = groupId(group);
  return [
    h(
      "div",
      {
        class: `grid-row group-row group-${group}`,
        id,
        role: "row",
        tabindex: id === tabStop ? 0 : -1,
        "aria-level": 1,
        "aria-posinset": at + 1,
        "aria-setsize": groups,
        "aria-expanded": open ? "true" : "false",
        "data-group": group,
      },
      h(
        "div",
        { class: "group-cell", role: "gridcell", "aria-colspan": COLUMNS },
        chevron(),
        h("span", { class: "group-title" }, groupTitle(group)),
        h("span", { class: "badge", "aria-hidden": "true" }, String(rows.length)),
        h("span", { class: "visually-hidden" }, serverCount(rows.length)),
      ),
    ),
    ...(open ? rows.flatMap((row, place) => serverRows(row, place, rows.length, choices, tabStop)) : []),
  ];
}

function serverRows(
  row: Row,
  at: number,
  siblings: number,
  choices: CompatibilityChoices,
  tabStop: string | undefined,
): Element[] {
  const { server, target, cells } = row;
  const open = choices.expanded.includes(server.id);
  const id = rowId(server.id);
  const detail = detailId(server.id);
  return [
    h(
      "div",
      {
        class: open ? "grid-row server-row is-open" : "grid-row server-row",
        id,
        role: "row",
        tabindex: id === tabStop ? 0 : -1,
        "aria-level": 2,
        "aria-posinset": at + 1,
        "aria-setsize": siblings,
        "aria-expanded": open ? "true" : "false",
        "data-server": server.id,
      },
      h(
        "div",
        { class: "cell name-cell", role: "rowheader" },
        chevron(),
        h(
          "span",
          { class: "name" },
          h("strong", {}, server.name),
          target && h("span", { class: "pill" }, say`target`),
          h("span", { class: "version", title: server.version }, server.version),
        ),
      ),
      QUESTIONS.map((question) => summaryCell(question, cells[question])),
      !open && headline(cells),
    ),
    ...(open
      ? [
          h(
            "div",
            {
              class: "grid-row detail-row",
              id: detail,
              role: "row",
              tabindex: detail === tabStop ? 0 : -1,
              "aria-level": 3,
              "aria-posinset": 1,
              "aria-setsize": 1,
              "aria-label": say`Reasons of ${server.name}`,
              "data-server": server.id,
            },
            h("div", { class: "detail-cell", role: "gridcell", "aria-colspan": COLUMNS }, drawReasons(row)),
          ),
        ]
      : []),
  ];
}

function chevron(): Element {
  return h("span", { class: "chevron", "aria-hidden": "true" });
}

function summaryCell(question: Question, { outcome, word, statements }: Cell): Element {
  return h(
    "div",
    {
      class: `cell cell-${outcome}`,
      role: "gridcell",
      "data-cell": question,
      title: statements
        .map(({ about, text }) => (about === undefined ? text : `${about}: ${text}`))
        .join("\n"),
    },
    h("span", { class: "cell-label", "aria-hidden": "true" }, questionTitle(question)),
    h("span", { class: "outcome" }, icon(outcome), h("span", { class: "word" }, word)),
  );
}

/** The first bad news of a row in words; undefined where there is none. */
function headline(cells: Row["cells"]): Element | undefined {
  const question = QUESTIONS.find((name) => isBad(cells[name].outcome));
  if (question === undefined) return undefined;
  const statements = cells[question].statements.filter(({ outcome }) => isBad(outcome));
  const [first] = statements;
  if (!first) return undefined;
  return h(
    "div",
    { class: "headline", role: "gridcell", "aria-colspan": QUESTIONS.length },
    h("span", { class: "headline-title" }, `${questionTitle(question)}: `),
    h("bdi", {}, withCode(first.text)),
    statements.length > 1 && h("span", { class: "more" }, " ", say`and ${statements.length - 1} more`),
  );
}

function isBad(outcome: Cell["outcome"]): boolean {
  return outcome === "never" || outcome === "limited";
}
