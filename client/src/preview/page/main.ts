import "./page.css";
import { say } from "../../../../server/src/localisation/say.js";
import { ConsentChoices } from "../../../../server/src/views/consent/consentView.js";
import { drawReport } from "../../report/drawReport.js";
import { h } from "../../webview/markup.js";
import { existing, type VsCodeApi } from "../../webview/pageScript.js";
import { useTextsOfPage } from "../../webview/pageTexts.js";
import { patchPage } from "../../webview/patch.js";
import { drawPreview } from "../drawConsent.js";
import { type Frame, type FromPage, type PreviewState, ToPage } from "../messages.js";

declare function acquireVsCodeApi(): VsCodeApi<FromPage, PreviewState>;

/** How long typing in a field of the preview may go on before it counts, in ms. */
const CHOICE_DELAY = 150;

const vscode = acquireVsCodeApi();
useTextsOfPage();
const page = existing("page");
const announcer = existing("announcer");

/** The last frame of a document that could be read, and whose it is. */
let good: { uri: string; frame: Frame } | undefined;
let choices: ConsentChoices | undefined;
let choiceTimer: ReturnType<typeof setTimeout> | undefined;

window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const message = ToPage.safeParse(data);
  if (!message.success) return;
  if (message.data.type === "nothing") {
    good = undefined;
    patchPage(page, [h("div", { class: "nothing" }, h("p", {}, message.data.reason))]);
    return;
  }
  if (message.data.type === "report") {
    const { view } = message.data;
    patchPage(page, [drawReport(view)]);
    // A choice that has the focus is left alone by the patching; the history has moved on all the same.
    const chooser = page.querySelector("select[data-run]");
    if (chooser instanceof HTMLSelectElement) chooser.value = String(view.run);
    return;
  }
  const { frame, state } = message.data;
  choices = state.choices;
  vscode.setState(state);
  const { broken } = frame.view;
  if (!broken) good = { uri: state.uri, frame };
  const shown = broken && good?.uri === state.uri ? { ...good.frame, locked: frame.locked } : frame;
  patchPage(page, [drawPreview({ frame: shown, broken, interactive: true })]);
});

page.addEventListener("click", ({ target }) => {
  const pressed = target instanceof Element ? target.closest("[data-action]") : null;
  if (!pressed) return;
  const action = pressed.getAttribute("data-action");
  const index = Number(pressed.getAttribute("data-index"));
  switch (action) {
    case "decision":
      announcer.textContent = say`This is a preview. Nothing was sent.`;
      return;
    case "revealProblem": {
      const step = pressed.getAttribute("data-step") as Extract<FromPage, { type: "revealProblem" }>["step"];
      vscode.postMessage({ type: action, step, index });
      return;
    }
    case "openEvidence":
      vscode.postMessage({ type: action, index });
      return;
    case "revealBroken":
    case "validateHosted":
    case "toggleLock":
    case "exportHtml":
    case "showLogo":
    case "runAgain":
    case "checkExtras":
    case "copyMarkdown":
      vscode.postMessage({ type: action });
      return;
    default:
  }
});

for (const event of ["input", "change"] as const) {
  page.addEventListener(event, ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    if ("run" in target.dataset) {
      if (event === "change") vscode.postMessage({ type: "showRun", run: Number(target.value) });
      return;
    }
    clearTimeout(choiceTimer);
    if (event === "change") choose(target);
    else choiceTimer = setTimeout(() => choose(target), CHOICE_DELAY);
  });
}

function choose({ value, dataset }: HTMLInputElement | HTMLSelectElement): void {
  const name = dataset["choice"];
  if (name === undefined || !choices) return;
  const numeric = name === "port" || name === "redirectIndex";
  const chosen = ConsentChoices.safeParse({ ...choices, [name]: numeric ? Number(value) : value });
  // A value that is not one yet, such as an empty port, waits for the next key.
  if (!chosen.success) return;
  choices = chosen.data;
  vscode.postMessage({ type: "choose", choices });
}

vscode.postMessage({ type: "ready" });
