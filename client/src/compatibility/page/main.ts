import "./page.css";
import type { CompatibilityView } from "../../../../server/src/views/compatibility/compatibilityView.js";
import { h } from "../../webview/markup.js";
import { existing, type VsCodeApi } from "../../webview/pageScript.js";
import { useTextsOfPage } from "../../webview/pageTexts.js";
import { patchPage } from "../../webview/patch.js";
import { drawCompatibility } from "../drawCompatibility.js";
import {
  CompatibilityChoices,
  type CompatibilityState,
  FIRST_CHOICES,
  type Frame,
  type FromPage,
  ToPage,
} from "../messages.js";
import { moveBy } from "./treeKeys.js";

declare function acquireVsCodeApi(): VsCodeApi<FromPage, CompatibilityState>;

/** How long scrolling may go on before its place is kept, in ms. */
const SCROLL_DELAY = 200;

const vscode = acquireVsCodeApi();
useTextsOfPage();
const page = existing("page");

/** The last frame; undefined while there is nothing to show. */
let shown: { frame: Frame; state: CompatibilityState } | undefined;
/** The last frame of a document that could be read, and whose it is. */
let good: { uri: string; frame: Frame } | undefined;
/** What the person chose; the extension's word counts until the first frame is drawn. */
let choices: CompatibilityChoices | undefined;
/** The row that the Tab key leads to. */
let current: string | undefined;
let scrollTimer: ReturnType<typeof setTimeout> | undefined;

window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const message = ToPage.safeParse(data);
  if (!message.success) return;
  if (message.data.type === "nothing") {
    shown = undefined;
    good = undefined;
    patchPage(page, [h("div", { class: "nothing" }, h("p", {}, message.data.reason))]);
    return;
  }
  const { frame, state } = message.data;
  const first = choices === undefined;
  choices ??= state.choices;
  shown = { frame, state };
  if (!frame.view.broken) good = { uri: state.uri, frame };
  draw();
  if (first) document.documentElement.scrollTop = choices.scroll;
});

/** Draws what is shown with what is chosen, and keeps both over a reload. */
function draw(): void {
  if (!shown || !choices) return;
  const { frame, state } = shown;
  const { broken } = frame.view;
  vscode.setState({ ...state, choices });
  const drawn = broken && good?.uri === state.uri ? good.frame : frame;
  patchPage(page, [drawCompatibility({ frame: drawn, locked: state.locked, choices, broken, current })]);
}

function choose(change: Partial<CompatibilityChoices>): void {
  const chosen = CompatibilityChoices.safeParse({ ...FIRST_CHOICES, ...choices, ...change });
  if (!chosen.success) return;
  choices = chosen.data;
  draw();
  vscode.postMessage({ type: "choose", choices });
}

/** Opens or closes a group or the reasons of a server. @param open absent: the other way round */
function toggle(row: HTMLElement, open = row.getAttribute("aria-expanded") !== "true"): void {
  if (!choices) return;
  const { group, server } = row.dataset;
  if (group !== undefined) {
    const others = choices.collapsed.filter((other) => other !== group);
    choose({ collapsed: (open ? others : [...others, group]) as CompatibilityChoices["collapsed"] });
  } else if (server !== undefined && row.hasAttribute("aria-expanded")) {
    const others = choices.expanded.filter((other) => other !== server);
    choose({ expanded: open ? [...others, server] : others });
  }
}

function makeCurrent(row: HTMLElement): void {
  if (current === row.id) return;
  current = row.id;
  draw();
}

page.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const pressed = target.closest<HTMLElement>("[data-action]");
  if (pressed) {
    act(pressed);
    return;
  }
  const row = target.closest<HTMLElement>("[role=row][aria-expanded]");
  // Whoever selects text does not want the row to move.
  if (!row || getSelection()?.isCollapsed === false) return;
  makeCurrent(row);
  row.focus({ preventScroll: true });
  toggle(row);
});

page.addEventListener("focusin", ({ target }) => {
  const row = target instanceof Element ? target.closest<HTMLElement>("[role=row][id]") : null;
  if (row) makeCurrent(row);
});

page.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.id === "filter") {
    if (key === "Escape" && choices?.filter !== "") choose({ filter: "" });
    else if (key === "ArrowDown") focusRow(rows()[0]);
    else return;
    syncFilter();
    event.preventDefault();
    return;
  }
  const row = target.closest<HTMLElement>("[role=row][id]");
  if (!row) return;
  if (target !== row) {
    // From a link of the reasons back to the row that has them.
    if (key === "ArrowLeft" || key === "Escape") {
      focusRow(row);
      event.preventDefault();
    }
    return;
  }
  const move = moveBy(key, rows(), row);
  if (!move) return;
  event.preventDefault();
  if (move.type === "focus") focusRow(move.row);
  else toggle(row, move.open);
});

function rows(): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>("[role=row][id]")];
}

function focusRow(row: HTMLElement | undefined): void {
  if (!row) return;
  makeCurrent(row);
  const now = document.getElementById(row.id);
  now?.focus({ preventScroll: true });
  // Reasons that are higher than the page are read from their beginning.
  now?.scrollIntoView({ block: now.offsetHeight > innerHeight ? "start" : "nearest" });
}

/** Patching leaves what is being typed alone; a filter that a key or a button changed is put there. */
function syncFilter(): void {
  const filter = document.getElementById("filter");
  if (filter instanceof HTMLInputElement && choices) filter.value = choices.filter;
}

page.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === "filter") choose({ filter: target.value });
});

window.addEventListener("scroll", () => {
  clearTimeout(scrollTimer);
  scrollTimer = setTimeout(
    () => choose({ scroll: Math.round(document.documentElement.scrollTop) }),
    SCROLL_DELAY,
  );
});

type Sentence = Omit<Extract<FromPage, { type: "reveal" }>, "type">;

function act({ dataset }: HTMLElement): void {
  const server = dataset["server"] ?? "";
  const index = Number(dataset["index"]);
  switch (dataset["action"]) {
    case "clearFilter":
      choose({ filter: "", targetsOnly: false });
      syncFilter();
      document.getElementById("filter")?.focus();
      return;
    case "targetsOnly":
      choose({ targetsOnly: !choices?.targetsOnly });
      return;
    case "reveal":
    case "explainRule": {
      const question = dataset["cell"] as keyof CompatibilityView["rows"][number]["cells"];
      const sentence: Sentence = { server, question, index };
      vscode.postMessage({ type: dataset["action"], ...sentence });
      return;
    }
    case "openEvidence":
      vscode.postMessage({ type: "openEvidence", server, index });
      return;
    case "addTarget":
    case "removeTarget":
      vscode.postMessage({ type: "setTarget", server, target: dataset["action"] === "addTarget" });
      return;
    case "revealBroken":
    case "testRedirectUri":
    case "toggleLock":
    case "copyMarkdown":
      vscode.postMessage({ type: dataset["action"] });
      return;
    default:
  }
}

vscode.postMessage({ type: "ready" });
