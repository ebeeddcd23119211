import "./page.css";
import { existing, type VsCodeApi } from "../../webview/pageScript.js";
import { useTextsOfPage } from "../../webview/pageTexts.js";
import { patchPage } from "../../webview/patch.js";
import { announcementOf, drawRehearsal } from "../drawRehearsal.js";
import { FromPage, type RehearsalView, ToPage } from "../messages.js";

declare function acquireVsCodeApi(): VsCodeApi<FromPage, never>;

const vscode = acquireVsCodeApi();
useTextsOfPage();
const page = existing("page");
const announcer = existing("announcer");

/** How many steps there were; undefined until the first drawing, whose steps are no news. */
let known: number | undefined;

window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const message = ToPage.safeParse(data);
  if (!message.success) return;
  const { view } = message.data;
  const newest = newestStep();
  const follows = newest === undefined || newest.getBoundingClientRect().top < innerHeight;
  patchPage(page, [drawRehearsal(view)]);
  announce(view);
  // Whoever reads further up stays there.
  if (follows && newestStep() !== newest) newestStep()?.scrollIntoView({ block: "nearest" });
});

function newestStep(): Element | undefined {
  return [...page.querySelectorAll(".step")].at(-1);
}

/** Tells a screen reader what is new. */
function announce({ earlier, steps }: RehearsalView): void {
  const count = earlier + steps.length;
  const news = known === undefined || count <= known ? [] : steps.slice(known - count);
  known = count;
  if (news.length > 0) announcer.textContent = news.map(announcementOf).join(" ");
}

page.addEventListener("click", ({ target }) => {
  const pressed = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
  const message = FromPage.safeParse({ type: pressed?.dataset["action"] });
  if (message.success) vscode.postMessage(message.data);
});

page.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.dataset["choice"] === "server")
    vscode.postMessage({ type: "chooseServer", server: target.value });
});

vscode.postMessage({ type: "ready" });
